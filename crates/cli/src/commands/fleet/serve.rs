//! `bomtrail fleet serve`: a web page and a JSON interface over the store.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use bomtrail::TOOL;
use bomtrail_fleet::{Program, Server};
use clap::Args;

use super::Place;
use crate::error::CliError;
use crate::report;

/// Show the store as a web page on this machine, with a JSON interface
///
/// Answers on the loopback address, changes nothing, and has no passwords: with another address, everyone who reaches it can read
/// the store. Ends with Ctrl-C.
#[derive(Args)]
pub(super) struct Arguments {
    /// Address to answer on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Port to answer on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8460)]
    port: u16,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        // A store that cannot be read is reported at once, not with the first request.
        drop(place.read()?);
        let address = SocketAddr::new(self.address, self.port);
        let program = Program {
            name: TOOL.name,
            version: TOOL.version,
        };
        let failed = |error: std::io::Error| {
            CliError::Usage(format!("`{address}` cannot be answered on: {error}"))
        };
        let server = Server::start(place.path(), address, program).map_err(failed)?;
        let at = server.address();
        report::line(&format!("`{}` is at http://{at}/", place.path().display()));
        if !at.ip().is_loopback() {
            report::line("everyone who reaches this address can read the store");
        }
        server.join().map_err(failed)?;
        Ok(ExitCode::SUCCESS)
    }
}
