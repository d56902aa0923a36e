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
pub const RELATIONS: &str = "NEQ,NEQ_ASSUJ_REL,DENOMN_SOC,COD_RELA_ASSUJ,DAT_EFCTVT\n\
    1160000001,1171234567,Nordik Infonuagique inc.,FUS,2019-01-01\n\
    1160000005,1160000002,Équipements Fantôme ltée,SCI,2020-03-03\n";
const CHANGES: &str = "NEQ,COD_TYP_CHANG,COD_REGIM_JURI,AUTR_REGIM_JURI,NOM_LOCLT,DAT_EFCTVT\n\
    1171234567,CON,CAN,,Ottawa,2018-03-20\n\
    2260000003,CON,CAN,,Ottawa,2018-03-20\n";
const ESTABLISHMENTS: &str = "NEQ,NO_SUF_ETAB,LIGN1_ADR,NOM_ETAB\n\
    1160000005,1,\"3, rue de l’Essai\",Comptoir du Grand-Sirop\n\
    2260000003,1,\"12, chemin du Secret\",Chez Aurore Deschênes-Fictif\n";
pub const LABELS: &str = "TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN\n\
    FORM_JURI,CIE,Compagnie\n\
    FORME_JURI,COP,Coopérative\n\
    STAT_IMMAT,RO,Radiée d’office\n\
    STAT_IMMAT,AI,Avis d’intention\n\
    RELA_ASSUJ,FUS,Fusion\n\
    RELA_ASSUJ,SCI,Scission\n\
    TYP_CHANG,CON,Continuation\n\
    REGIM_JURI,CAN,Loi canadienne sur les sociétés par actions\n";

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
    let mut files = vec![("Entreprise.csv", enterprises.as_ref()), ("Nom.csv", names.as_ref())];
    files.extend(others());
    zip(&path, &files);
    path
}

/// The archive of these stories, some of its files replaced; one without a text is left out.
pub fn changed(folder: &Path, texts: &[(&str, &str)]) -> PathBuf {
    let path = folder.join("JeuxDonnees.zip");
    let mut files = vec![("Entreprise.csv", ENTERPRISES.as_bytes()), ("Nom.csv", NAMES.as_bytes())];
    files.extend(others());
    for (name, text) in texts {
        files.iter_mut().find(|file| file.0 == *name).unwrap().1 = text.as_bytes();
    }
    files.retain(|(_, bytes)| !bytes.is_empty());
    zip(&path, &files);
    path
}

fn others() -> [(&'static str, &'static [u8]); 4] {
    [
        ("FusionScissions.csv", RELATIONS.as_bytes()),
        ("ContinuationsTransformations.csv", CHANGES.as_bytes()),
        ("Etablissements.csv", ESTABLISHMENTS.as_bytes()),
        ("DomaineValeur.csv", LABELS.as_bytes()),
    ]
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
