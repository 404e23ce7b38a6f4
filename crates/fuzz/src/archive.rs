//! What must hold for any archive: reading ends within its limits, no path leads out, and the same bytes give the same answer.

use bomtrail_archive::{ArchiveKind, Client, Contents, Limits, ReadOptions, license_files, read};

/// Reads any bytes as an archive of each client.
pub fn archive(data: &[u8]) {
    for client in [Client::Npm, Client::Tar, Client::Yarn] {
        let Some(contents) = open(client, data) else {
            continue;
        };
        for path in contents.files.keys() {
            let is_inside = !path.starts_with('/') && path.split('/').all(|it| it != "..");
            assert!(is_inside, "{path:?} leads out");
        }
        if let Some(kind) = ArchiveKind::of_contents(&contents) {
            let _ = kind.manifest(&contents);
        }
        let _ = license_files(&contents);
        let again = open(client, data).unwrap();
        assert_eq!(again.directory_id, contents.directory_id);
        assert_eq!(again.oddities, contents.oddities);
    }
}

fn open(client: Client, data: &[u8]) -> Option<Contents> {
    let limits = Limits::default().with(|it| {
        it.free = 1 << 20;
        it.entries = 1000;
    });
    let options = ReadOptions::of(client).with(|it| {
        it.limits = limits;
        it.keep = &|_, _| true;
    });
    let size = u64::try_from(data.len()).unwrap();
    read(data, size, &options).ok()
}
