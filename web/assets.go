package web

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"time"

	"github.com/onrecord/onrecord"
)

//go:embed assets
var assetFiles embed.FS

// assets are the style, the script and the icon. Their addresses hold the hash
// of them all, so browsers may keep them for ever.
type assets struct {
	version string
	files   map[string][]byte
}

func loadAssets() (assets, error) {
	a := assets{files: map[string][]byte{}}
	var all bytes.Buffer
	err := fs.WalkDir(assetFiles, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := assetFiles.ReadFile(name)
		a.files[path.Base(name)] = content
		all.Write(content)
		return err
	})
	if err != nil {
		return a, fmt.Errorf("read the embedded assets: %w", err)
	}
	h := onrecord.HashOf(all.Bytes())
	a.version = fmt.Sprintf("%x", h[:6])
	return a, nil
}

// address is where a page finds an asset.
func (a assets) address(name string) string { return "/assets/" + a.version + "/" + name }

func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, ok := s.assets.files[name]
	if !ok || r.PathValue("version") != s.assets.version {
		s.fail(w, r, fmt.Errorf("asset %s: %w", name, onrecord.ErrNotFound))
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
