//! The icon and the version that Windows shows of the program. On other systems there is nothing to do.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=assets/icons/branchdesk.ico");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    const CHINESE: u16 = 0x0804;
    winresource::WindowsResource::new()
        .set_icon("assets/icons/branchdesk.ico")
        .set_language(CHINESE)
        .set("ProductName", "支部工作台")
        .set("FileDescription", "支部工作台")
        .compile()
}
