use super::*;

#[test]
fn a_folder_without_input_says_what_was_looked_for_and_how_to_make_it() {
    let folder = tempfile::tempdir().unwrap();
    let message = scan(folder.path()).unwrap_err().to_string();
    for part in [
        "npm-shrinkwrap.json",
        "package-lock.json",
        "npm install --package-lock-only",
    ] {
        assert!(message.contains(part), "{message}");
    }
}
