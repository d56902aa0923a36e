//! From a situation to a reference.

use crate::support::TestApp;

#[actix_web::test]
async fn an_employee_declares_a_gift_from_end_to_end() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let home = camille.open("/").await;
    assert_eq!(home.h1(), "Bonjour Camille, que souhaitez-vous déclarer?");
}
