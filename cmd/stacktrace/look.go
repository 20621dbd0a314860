package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"
)

// look is how a text for a person is drawn.
type look struct {
	color bool // with colours and links
	width int  // columns that a line may have; 0 if there is no limit
}

// The styles. They have the 16 colours that every terminal has a palette for, light or dark.
var (
	styleType    = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Red)
	styleMessage = lipgloss.NewStyle().Bold(true)
	styleCode    = lipgloss.NewStyle().Foreground(lipgloss.Yellow)
	styleFunc    = lipgloss.NewStyle().Bold(true)
	stylePlace   = lipgloss.NewStyle().Foreground(lipgloss.Cyan)
	styleDim     = lipgloss.NewStyle().Faint(true)
	styleName    = lipgloss.NewStyle().Foreground(lipgloss.Blue)
	styleChart   = lipgloss.NewStyle().Foreground(lipgloss.Green)
	styleCount   = lipgloss.NewStyle().Bold(true)
)

// checkColor checks the value of --color.
func (c *command) checkColor() error {
	switch c.color {
	case "auto", "always", "never":
		return nil
	}
	return errFlag("color", c.color, "auto, always or never")
}

// look returns how standard output is drawn on.
func (c *command) look() look {
	l := look{color: c.color == "always"}
	if !isTerminal(c.stdout) {
		return l
	}
	if c.color == "auto" {
		l.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	l.width = terminalWidth(c.stdout)
	return l
}

// helpWidth returns how wide help is: what is read best, or less on a narrow terminal.
func (c *command) helpWidth() int {
	const most = 100
	if width := terminalWidth(c.stdout); width > 0 {
		return min(width, most)
	}
	return 80
}

// terminalWidth returns the columns of the terminal that w is, 0 if it is none or does not tell.
func terminalWidth(w io.Writer) int {
	width, _ := terminalSize(w)
	return width
}

func terminalSize(w io.Writer) (width, height int) {
	file, ok := w.(*os.File)
	if !ok {
		return 0, 0
	}
	width, height, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}

// isTerminal reports whether an input or output is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// in returns s in a style, line by line.
func (l look) in(style lipgloss.Style, s string) string {
	if !l.color || s == "" {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = style.TabWidth(lipgloss.NoTabConversion).Render(line)
		}
	}
	return strings.Join(lines, "\n")
}

// fit returns s, or its beginning if it has no place in so many columns. 0 columns are no limit.
func fit(s string, columns int) string {
	if columns <= 0 {
		return s
	}
	return ansi.Truncate(s, columns, "…")
}

// fitEnd returns s, or its end if it has no place in so many columns: of a path the end tells most.
func fitEnd(s string, columns int) string {
	width := ansi.StringWidth(s)
	if columns <= 0 || width <= columns {
		return s
	}
	return ansi.TruncateLeft(s, width-columns+1, "…")
}

// pad returns s with blanks up to so many columns.
func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-ansi.StringWidth(s)))
}

// link returns text as a link to a file, if that is there.
func (l look) link(text, file string) string {
	if !l.color {
		return text
	}
	path, ok := localPath(file)
	if !ok {
		return text
	}
	target := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return ansi.SetHyperlink(target.String()) + text + ansi.ResetHyperlink()
}

// localPath returns the path of a regular file of this machine that a frame names. To look for one must
// not reach for another machine, whatever a log says: paths of the network are left alone.
func localPath(file string) (path string, ok bool) {
	if u, err := url.Parse(file); err == nil && u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") {
		file = u.Path
		if len(file) > 2 && file[0] == '/' && file[2] == ':' { // /C:/a.js
			file = file[1:]
		}
	}
	if file == "" || strings.Contains(file, "://") || strings.HasPrefix(file, `\\`) || strings.HasPrefix(file, "//") || strings.HasPrefix(file, `\??`) {
		return "", false
	}
	path, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return "", false
	}
	info, err := os.Stat(path)
	return path, err == nil && info.Mode().IsRegular()
}

// clean returns s as it can be shown: what a terminal would obey is made visible, since the text may
// come from a stranger's browser.
func clean(s string) string { return strings.Map(visible, s) }

// visible replaces the control characters that a terminal acts on, but for those of layout.
func visible(r rune) rune {
	switch {
	case r == '\n', r == '\t':
		return r
	case r < 0x20:
		return r + 0x2400 // the picture of the character
	case r == 0x7f, 0x80 <= r && r < 0xa0:
		return utf8.RuneError
	case 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069: // they would turn the rest of the line around
		return utf8.RuneError
	}
	return r
}

// plural returns "1 frame" or "2 frames".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
