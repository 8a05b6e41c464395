package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// In a folder that may not be written a ledger is asked as ever; what would write
// says so, and what to do.
func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	path, article := filepath.Join(dir, "ledger.db"), filepath.Join(dir, "note.txt")
	if err := os.WriteFile(article, []byte("“The harvest failed,” said Tomas Berg.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	onrecord := func(args ...string) (code int, printed string) {
		var out strings.Builder
		code = run(t.Context(), append([]string{"--ledger", path}, args...), strings.NewReader(""), &out, &out)
		return code, out.String()
	}
	if code, printed := onrecord("read", article); code != exitOK {
		t.Fatal(printed)
	}
	for name, mode := range map[string]os.FileMode{path: 0o444, article: 0o444, filepath.Dir(dir): 0o755, dir: 0o555} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	done := make(chan struct{})
	go func() { // Who tests as root gives up root's rights on files, for one thread that ends here.
		defer close(done)
		if os.Getuid() == 0 {
			runtime.LockOSThread()
			const unprivileged = 65534
			if _, _, e := syscall.RawSyscall(syscall.SYS_SETFSUID, unprivileged, 0, 0); e != 0 {
				t.Error(e)
				return
			}
		}
		for _, tt := range []struct {
			args string
			code int
			want string
		}{
			{"said --about harvest", exitOK, "Tomas Berg"},
			{"show " + article, exitOK, "harvest"},
			{"verify", exitOK, "verified 1 capture"},
			{"forget " + article, exitForbidden, path + " is open to read only"},
			{"read " + article, exitForbidden, path + " or its folder may not be written"},
			{"backup " + filepath.Join(dir, "copy.db"), exitForbidden, "a folder of your own"},
		} {
			code, printed := onrecord(strings.Fields(tt.args)...)
			if code != tt.code || !strings.Contains(printed, tt.want) {
				t.Errorf("%s: exit code %d, want %d, and %q in:\n%s", tt.args, code, tt.code, tt.want, printed)
			}
		}
	}()
	<-done
}
