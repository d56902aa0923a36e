//! Archives of the register as the registrar publishes them, fictional.

use std::io::Write;
use std::path::{Path, PathBuf};

use probite::companies::registry::import::{self, Report};
use zip::write::SimpleFileOptions;

use crate::support::TestApp;

pub const ENTERPRISES: &str = "\u{feff}\"NEQ\",\"IND_FAIL\",\"COD_STAT_IMMAT\",\"COD_FORME_JURI\",\"ADR_DOMCL_LIGN1_ADR\"\n\
    \"1171234567\",\"N\",\"IM\",\"CIE\",\"1, rue de l’Essai\"\n\
    \"1160000001\",\"N\",\"RX\",\"CIE\",\"\"\n\
    \"1160000002\",\"N\",\"RO\",\"CIE\",\"\"\n\
    \"2260000003\",\"N\",\"IM\",\"IND\",\"12, chemin du Secret\"\n\
    \"2260000004\",\"N\",\"IM\",\"IND\",\"\"\n\
    \"1160000005\",\"N\",\"IM\",\"COP\",\"\"\n";
pub const NAMES: &str = "NEQ,NOM_ASSUJ,NOM_ASSUJ_LANG_ETRNG,STAT_NOM,TYP_NOM_ASSUJ\n\
    1171234567,Nordik Infonuagique inc.,,V,N\n\
    1171234567,Logiciels Brise-Glace inc.,,A,N\n\
    1160000001,Nuage Polaire inc.,,V,N\n\
    1160000002,Équipements Fantôme ltée,,V,N\n\
    2260000003,\"Deschênes-Fictif, Aurore\",,V,N\n\
    2260000003,Salon Aurore Boréale,,V,A\n\
    2260000004,\"Sansenseigne-Fictif, Léo\",,V,N\n\
    1160000005,\"Coopérative « Les Érables », réunis\",,V,N\n";
const MERGERS: &str = "NEQ,NEQ_ASSUJ_REL,COD_RELA_ASSUJ\n1160000001,1171234567,FUS\n";
const LABELS: &str = "TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN\nFORME_JURI,CIE,Compagnie\nFORME_JURI,COP,Coopérative\n";

pub fn zip(path: &Path, files: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// An archive with these enterprises and names.
pub fn archive(folder: &Path, enterprises: impl AsRef<[u8]>, names: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join("JeuxDonnees.zip");
    let files = [
        ("Entreprise.csv", enterprises.as_ref()),
        ("Nom.csv", names.as_ref()),
        ("FusionScissions.csv", MERGERS.as_bytes()),
        ("DomaineValeur.csv", LABELS.as_bytes()),
    ];
    zip(&path, &files);
    path
}

pub fn takes_in(app: &TestApp, path: &Path) -> Report {
    import::import(&app.app, None, path, false, &|_| {}).unwrap()
}

/// The whole register of these stories.
pub fn registered(app: &TestApp) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let report = takes_in(app, &archive(folder.path(), ENTERPRISES, NAMES));
    assert!(!report.refused && report.problems.is_empty(), "{report:?}");
    folder
}
