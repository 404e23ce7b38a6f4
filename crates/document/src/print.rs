//! JSON (RFC 8259) as text, printed while a value is walked: into one buffer, strings in whole runs. Most of what an SBOM
//! writer does is this, and a printer that looks at every byte of every string by itself takes a fifth of its time.

mod scalar;
mod text;

use std::fmt::{self, Display};
use std::io::{self, Write};

use bomtrail_graph::Bom;
use serde::ser::{self, Serialize};

/// Bytes collected before the sink sees them.
const BUFFER: usize = 64 * 1024;

/// A line break with an indentation as deep as most documents go.
const BREAK: &[u8; 32] = b"\n                               ";
/// The same after a comma.
const COMMA_BREAK: &[u8; 32] = b",\n                              ";

/// How a document is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// Without any white space.
    Compact,
    /// Each value on a line of its own, indented by two spaces for each level.
    Pretty,
}

impl Layout {
    /// The layout that a document of `bom` is to have.
    #[must_use]
    pub fn of(bom: &Bom<'_>) -> Self {
        if bom.document.compact {
            Self::Compact
        } else {
            Self::Pretty
        }
    }
}

/// Prints `value` to `out` as a document: with a line feed at its end, and the sink flushed.
///
/// # Errors
/// When the sink refuses, or when the value cannot be said in JSON: an object's key that is not a string.
pub fn print(value: &impl Serialize, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let mut printer = Printer {
        buffer: Vec::with_capacity(BUFFER + BUFFER / 4),
        layout,
        depth: 0,
        out,
    };
    value
        .serialize(&mut printer)
        .map_err(|Refused(error)| error)?;
    printer.push(b"\n");
    printer.out.write_all(&printer.buffer)?;
    printer.out.flush()
}

/// Why printing ended.
#[derive(Debug)]
pub(crate) struct Refused(io::Error);

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self(io::Error::other(message.to_string()))
    }
}

/// What is printed, and where it stands.
pub(crate) struct Printer<'w> {
    buffer: Vec<u8>,
    layout: Layout,
    depth: usize,
    out: &'w mut dyn Write,
}

impl<'w> Printer<'w> {
    fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    fn flush_full(&mut self) -> Result<(), Refused> {
        if self.buffer.len() >= BUFFER {
            self.out.write_all(&self.buffer).map_err(Refused)?;
            self.buffer.clear();
        }
        Ok(())
    }

    fn line_break(&mut self) {
        if self.layout == Layout::Compact {
            return;
        }
        self.indent(BREAK, 1);
    }

    /// A line break that begins with `marks` bytes that are not spaces.
    fn indent(&mut self, line_break: &[u8; 32], marks: usize) {
        let end = self.buffer.len() + marks + self.depth * 2;
        // One copy of a known length is faster than one of the length that is wanted.
        self.push(line_break);
        if end <= self.buffer.len() {
            self.buffer.truncate(end);
        } else {
            self.buffer.resize(end, b' ');
        }
    }

    fn open<'p>(&'p mut self, brackets: [u8; 2]) -> Items<'p, 'w> {
        let [open, close] = brackets;
        self.buffer.push(open);
        self.depth += 1;
        Items {
            printer: self,
            is_empty: true,
            close,
        }
    }

    /// An object of one field, whose value is printed by what `open` makes of it.
    fn variant(&mut self, name: &'static str) {
        self.push(b"{");
        self.depth += 1;
        self.line_break();
        self.name(name);
    }

    fn variant_end(&mut self) {
        self.depth -= 1;
        self.line_break();
        self.push(b"}");
    }

    fn colon(&mut self) {
        self.push(match self.layout {
            Layout::Compact => b":",
            Layout::Pretty => b": ",
        });
    }
}

/// The items of a list or the fields of an object.
pub(crate) struct Items<'p, 'w> {
    printer: &'p mut Printer<'w>,
    is_empty: bool,
    close: u8,
}

impl Items<'_, '_> {
    fn next(&mut self) {
        let is_first = std::mem::take(&mut self.is_empty);
        match self.printer.layout {
            Layout::Compact if is_first => {}
            Layout::Compact => self.printer.buffer.push(b','),
            Layout::Pretty if is_first => self.printer.indent(BREAK, 1),
            Layout::Pretty => self.printer.indent(COMMA_BREAK, 2),
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.next();
        value.serialize(&mut *self.printer)?;
        // A list may have a million texts.
        self.printer.flush_full()
    }

    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.next();
        self.printer.name(name);
        value.serialize(&mut *self.printer)
    }

    fn close(self) -> Result<(), Refused> {
        self.printer.depth -= 1;
        if !self.is_empty {
            self.printer.line_break();
        }
        self.printer.buffer.push(self.close);
        self.printer.flush_full()
    }
}

impl ser::SerializeSeq for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeTuple for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeTupleStruct for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeTupleVariant for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        close_variant(self)
    }
}

impl ser::SerializeMap for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.next();
        let start = self.printer.buffer.len();
        key.serialize(&mut *self.printer)?;
        if self.printer.buffer.get(start) == Some(&b'"') {
            return Ok(());
        }
        Err(ser::Error::custom("an object's key must be a string"))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.printer.colon();
        value.serialize(&mut *self.printer)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeStruct for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeStructVariant for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Refused> {
        close_variant(self)
    }
}

fn close_variant(items: Items<'_, '_>) -> Result<(), Refused> {
    let Items {
        printer,
        is_empty,
        close,
    } = items;
    Items {
        printer: &mut *printer,
        is_empty,
        close,
    }
    .close()?;
    printer.variant_end();
    Ok(())
}

#[cfg(test)]
mod tests;
