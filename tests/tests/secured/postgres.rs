//! A Postgres that encrypts and wants a password.

use servers::Certificates;

use crate::{SECRET, guarded, refused, talkative, verified};

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_with_tls_and_a_password_is_used() {
    let certificates = Certificates::new();
    let (postgres, url) = guarded(&certificates);
    let mut server = talkative(&[("DATABASE_URL", &verified(&url, &certificates))]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    ana.checks("acme").await.expect(200);
    postgres.psql(
        "do $$ begin
            assert (select bool_and(s.ssl) from pg_stat_activity a join pg_stat_ssl s using (pid) where a.usename = 'roster'),
                'a connection is not encrypted';
         end $$",
    );
    assert!(server.stop().success());
    assert!(!server.log().contains(SECRET), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_database_url_is_told_at_once() {
    let certificates = Certificates::new();
    let (_postgres, url) = guarded(&certificates);
    let told = refused(&[("DATABASE_URL", &verified(&url, &Certificates::new()))]).await;
    assert!(told.contains("certificate") && told.contains("sslrootcert"), "{told}");
    let told = refused(&[("DATABASE_URL", &format!("{url}?sslmode=verify-full&sslrootcert=/nowhere/ca.pem"))]).await;
    assert!(told.contains("No such file") && told.contains("sslrootcert"), "{told}");
    let told = refused(&[("DATABASE_URL", &verified(&url.replace(SECRET, "guessed"), &certificates))]).await;
    assert!(told.contains("password authentication failed"), "{told}");
    let told = refused(&[("DATABASE_URL", &format!("{url}?sslmode=disable"))]).await;
    assert!(told.contains("pg_hba.conf"), "{told}");
    let nowhere = verified(&format!("{}x", url), &certificates);
    let told = refused(&[("DATABASE_URL", &nowhere)]).await;
    assert!(told.contains("does not exist"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_does_not_encrypt_is_refused_where_it_should() {
    let url = servers::Postgres::shared().create_database();
    let told = refused(&[("DATABASE_URL", &format!("{url}?sslmode=require"))]).await;
    assert!(told.contains("does not support TLS"), "{told}");
}
