//! Machine code, recognised by its first bytes.

/// The signatures of formats of machine code.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"\x7fELF", "ELF"),
    (b"MZ", "PE"),
    (b"\xfe\xed\xfa\xce", "Mach-O"),
    (b"\xfe\xed\xfa\xcf", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "Mach-O or Java"),
    (b"\0asm", "WebAssembly"),
    (b"!<arch>\n", "library archive"),
    (b"dex\n", "Dalvik"),
];

/// The format of machine code that begins with these bytes.
pub(crate) fn machine_code(start: &[u8]) -> Option<&'static str> {
    let found = SIGNATURES.iter().find(|(it, _)| start.starts_with(it));
    found.map(|(_, name)| *name)
}
