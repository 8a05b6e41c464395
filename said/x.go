package said

import "os"

var x1, x2, x3, x4 = os.Getenv("X1") != "", os.Getenv("X2") != "", os.Getenv("X3") != "", os.Getenv("X4") != ""
