"""The main job in the real window, with the mouse and the keyboard: a roster in, a member corrected, taken back, CSV and paper out.

    python3 .ci/window_story.py PROGRAM ROSTER FOLDER PICTURE

Things are found by the words a screen reader would say, in the tree the program gives to it, and clicked where they
stand on the screen. FOLDER is empty and gets the workbook and the files; PICTURE the screen of the story.
Needs a screen with a window manager, a session bus, at-spi2, xdotool, xclip and ImageMagick: `.ci/window` sets them up.
"""

import pathlib
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 30.0  # seconds until something asked for must be there
PRESSED = {
    "push button", "toggle button", "link", "menu item", "check menu item", "radio button", "radio menu item",
    "check box", "combo box", "page tab", "tree item", "list item", "table row",
}  # fmt: skip


class Window:
    """The program and what stands on its screen."""

    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([program, *arguments])

    def nodes(self):
        """Everything shown, in the order it is drawn."""
        desktop = Atspi.get_desktop(0)
        waiting = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())][::-1]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            node.clear_cache()
            yield node
            waiting += [node.get_child_at_index(place) for place in range(node.get_child_count())][::-1]

    def find(self, fits, what):
        """The last thing drawn that fits: a dialog stands above its page."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"window: the program ended with {self.process.returncode} before {what}")
            try:
                found = [node for node in self.nodes() if fits(node)]
                if found:
                    return found[-1]
            except GLib.Error:
                pass  # The tree changed while it was walked.
            time.sleep(0.2)
        raise SystemExit(f"window: no {what} within {PATIENCE:.0f} s")

    def sees(self, words):
        print(f"window: sees {words}")
        self.find(lambda node: words in node.get_name() or words in text_of(node), f"“{words}”")

    def click(self, name, times=1, roles=PRESSED):
        print(f"window: clicks {name}")
        node = self.find(lambda node: node.get_role_name() in roles and node.get_name() == name, f"“{name}” to click")
        self.click_node(node, times)

    def click_row(self, words, times=1):
        print(f"window: clicks the row of {words}")
        roles = {"table row", "list item", "table cell", "label", "tree item"}
        node = self.find(lambda node: node.get_role_name() in roles and words in node.get_name(), f"a row of “{words}”")
        self.click_node(node, times)

    def click_node(self, node, times):
        place = self.rest(node)
        xdotool("mousemove", place.x + place.width // 2, place.y + place.height // 2)
        time.sleep(0.2)
        xdotool("click", "--repeat", times, "--delay", 80, 1)
        time.sleep(0.4)

    def rest(self, node):
        """Where a thing stands once it moves no more."""
        before = None
        while True:
            node.clear_cache()
            place = node.get_extents(Atspi.CoordType.SCREEN)
            here = (place.x, place.y, place.width, place.height)
            if here == before:
                return place
            before = here
            time.sleep(0.15)

    def fill(self, name, words):
        print(f"window: fills {name}")
        roles = {"entry", "text", "spin button"}
        node = self.find(lambda node: node.get_role_name() in roles and node.get_name() == name, f"the field “{name}”")
        self.click_node(node, 1)
        xdotool("key", "ctrl+a")
        subprocess.run(["xclip", "-selection", "clipboard"], input=words.encode(), check=True)
        xdotool("key", "ctrl+v")
        time.sleep(0.4)

    def key(self, *names):
        xdotool("key", *names)
        time.sleep(0.4)

    def shoot(self, picture):
        subprocess.run(["import", "-window", "root", "-depth", "8", picture], check=True)

    def close(self):
        print("window: closes")
        xdotool("key", "alt+F4")
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise SystemExit("window: it did not close") from None
        if code != 0:
            raise SystemExit(f"window: it ended with exit code {code}")


def text_of(node):
    """What stands in a field or on a page."""
    if "Text" not in node.get_interfaces():
        return ""
    return Atspi.Text.get_text(node, 0, -1)


def wake_accessibility():
    """Says that a screen reader is there: programs tell their tree only then."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    value = GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True)))
    where = ("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set")
    bus.call_sync(*where, value, None, Gio.DBusCallFlags.NONE, -1, None)


def xdotool(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def the_one(folder, ending):
    """The one file with `ending`, once it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = list(folder.glob(f"*{ending}"))
        if found:
            break
        time.sleep(0.2)
    assert len(found) == 1, f"one *{ending} in {folder}: {found}"
    return found[0]


def dump(program, workbook):
    """Everything in the workbook, as the command line reads it beside the window that holds it."""
    words = [program, "dump", "--workbook", str(workbook), "--without", "journal"]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()
    # What went out stays written down, whatever is taken back.
    return [line for line in lines if '"table":"output"' not in line]


def story(program, roster, folder, picture):
    wake_accessibility()
    desk = Window(program)
    try:
        tell(desk, program, roster, folder, picture)
    except BaseException:
        subprocess.run(["import", "-window", "root", picture], check=False)
        print(f"window: the screen is in {picture}", file=sys.stderr)
        desk.process.kill()
        raise


def tell(desk, program, roster, folder, picture):
    desk.click("新建空白工作簿…")
    desk.fill("名称", "青禾县民政局")
    desk.fill("放在文件夹", str(folder))
    desk.fill("操作人", "李敏")
    desk.click("新建")
    desk.sees("青禾县民政局.bdk")
    workbook = folder / "青禾县民政局.bdk"
    empty = dump(program, workbook)

    # The roster: seen first, then written in one step.
    desk.click("导入")
    desk.click("选文件…")
    desk.fill("文件夹", str(roster.parent))
    desk.key("Return")
    desk.click_row(roster.name)
    desk.click("打开")
    desk.sees("预计写入")
    desk.click("写入")
    desk.click("写入 16 人")
    desk.sees("写入前已备份")
    imported = dump(program, workbook)
    assert imported != empty, "the import wrote nothing"

    # One of them, found and corrected.
    desk.click("看党员")
    desk.fill("筛本表", "lj")
    desk.click_row("林静兰", times=2)
    desk.sees("110000********0780")
    desk.click("修改")
    desk.fill("籍贯", "江苏南京")
    desk.click("保存")
    desk.sees("江苏南京")
    assert dump(program, workbook) != imported, "the edit wrote nothing"
    desk.key("ctrl+z")
    desk.sees("已撤销")
    assert dump(program, workbook) == imported, "the undo left something"
    desk.key("ctrl+y")
    desk.sees("江苏南京")
    desk.shoot(picture)
    desk.key("Escape")

    # What is shown goes out: 林静兰 alone.
    desk.click("导出…")
    desk.click("CSV")
    desk.click("导出到…")
    desk.fill("文件夹", str(folder))
    desk.key("Return")
    desk.click("保存")
    desk.sees("已导出")
    lines = the_one(folder, ".csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2 and "林静兰" in lines[1], "the CSV holds what the list showed"

    # The summary, seen and saved as paper.
    desk.click("基本情况")
    desk.click("打印…")
    desk.sees("第 1 页，共 1 页")
    desk.click("存为 PDF…")
    desk.click("保存")
    desk.sees("已保存")
    assert the_one(folder, ".pdf").read_bytes().startswith(b"%PDF-")
    desk.click("关闭")

    # Everything is taken back, by a later start of the program.
    desk.close()
    desk = Window(program, str(workbook))
    desk.click("党员")
    desk.sees("林静兰")
    desk.key("ctrl+z")
    desk.sees("已撤销")
    desk.key("ctrl+z")
    desk.sees("还没有党组织")
    assert dump(program, workbook) == empty, "the undo of the import left something"
    desk.close()


if __name__ == "__main__":
    program, roster, folder, picture = (pathlib.Path(word).absolute() for word in sys.argv[1:])
    story(str(program), roster, folder, str(picture))
