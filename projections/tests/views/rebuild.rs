//! Building a projection anew beside the one that is served.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use domain::OrganizationEvent as E;
use projections::{Entry, PostgresViews, Projection, ProjectionName, Views};
use sqlx::postgres::PgPool;

use crate::adapters::Postgres;
use crate::in_tables::database;
use crate::world::{World, all, names, organization, user};

/// A world whose journal is applied to a database of the test's own.
async fn applied() -> (World, PgPool) {
    let mut world = World::on::<Postgres>().await;
    world.founds("ana", "acme").await;
    for n in 0..50 {
        world.joins(&format!("member-{n}"), "acme").await;
        if n % 3 == 0 {
            world.leaves(&format!("member-{n}"), "acme").await;
        }
        world.invites("ana", &format!("guest-{n}@acme.test"), "acme").await;
    }
    let pool = database().await;
    apply(&pool, &world.journal).await;
    (world, pool)
}

fn views(pool: &PgPool) -> PostgresViews {
    PostgresViews::new(pool.clone(), pool.clone())
}

async fn apply(pool: &PgPool, journal: &[Entry]) {
    for name in ProjectionName::ALL {
        views(pool).projection(name, 1).apply(journal).await.unwrap();
    }
}

async fn rebuild(pool: &PgPool, name: ProjectionName, journal: &[Entry], before_switching: impl AsyncFnOnce()) {
    let mut rebuild = views(pool).rebuild(name, 2).await.unwrap();
    for batch in journal[..journal.len() / 2].chunks(7) {
        rebuild.add(batch).await.unwrap();
    }
    before_switching().await;
    rebuild.analyze().await.unwrap();
    let mut switching = rebuild.lock().await.unwrap();
    let missing = switching.position() as usize..switching.until() as usize;
    switching.add(&journal[missing]).await.unwrap();
    assert_eq!(switching.switch().await.unwrap(), Some(journal.len() as u64));
}

#[tokio::test]
async fn damaged_tables_are_built_anew_and_go_on() {
    let (mut world, pool) = applied().await;
    let views = views(&pool);
    let expected = world.members("acme", all()).await.unwrap();
    for table in ["members", "totals", "user_organizations"] {
        sqlx::query(&format!("delete from {table}")).execute(&pool).await.unwrap();
    }
    for name in ProjectionName::ALL {
        rebuild(&pool, name, &world.journal, async || {}).await;
    }
    assert_eq!(views.members(organization("acme"), &all()).await.unwrap(), expected);
    assert_eq!(views.organizations_of(&user("ana"), 9, None).await.unwrap().total, 1);
    world.joins("late", "acme").await;
    apply(&pool, &world.journal).await;
    let after = views.members(organization("acme"), &all()).await.unwrap();
    assert_eq!((names(&after).last().unwrap().as_str(), after.total), ("late", expected.total + 1));
}

#[tokio::test]
async fn what_happens_meanwhile_is_in_the_new_tables_too_and_every_reader_sees_a_whole_list() {
    let (mut world, pool) = applied().await;
    let views = views(&pool);
    let expected = world.members("acme", all()).await.unwrap().total;
    for n in 0..20 {
        world.joins(&format!("late-{n}"), "acme").await;
    }
    let (enough, read) = (AtomicBool::new(false), AtomicUsize::new(0));
    let reader = async {
        let mut last = 0;
        while !enough.load(SeqCst) {
            let page = views.members(organization("acme"), &all()).await.unwrap();
            assert_eq!(page.items.len() as u64, page.total);
            assert!([expected, expected + 20].contains(&page.total) && page.total >= last);
            last = page.total;
            read.fetch_add(1, SeqCst);
        }
        assert_eq!(last, expected + 20);
    };
    let builder = async {
        rebuild(&pool, ProjectionName::Members, &world.journal, async || {
            // The served one is moved on while the new one is filled.
            views.projection(ProjectionName::Members, 1).apply(&world.journal).await.unwrap();
        })
        .await;
        let (before, mut now) = (read.load(SeqCst), 0);
        while now < before + 3 {
            tokio::task::yield_now().await;
            now = read.load(SeqCst);
        }
        enough.store(true, SeqCst);
    };
    tokio::join!(reader, builder);
}

#[tokio::test]
async fn a_rebuild_that_was_broken_off_is_begun_again() {
    let (world, pool) = applied().await;
    let views = views(&pool);
    let mut first = views.rebuild(ProjectionName::Members, 1).await.unwrap();
    first.add(&world.journal[..9]).await.unwrap();
    drop(first);
    let schema = async || -> Vec<String> {
        let sql = "select tablename || coalesce((select string_agg(indexname, ',' order by indexname) from pg_indexes i
             where i.tablename = t.tablename), '') || coalesce((select reloptions::text from pg_class where relname = tablename), '')
             from pg_tables t where schemaname = 'public' order by 1";
        sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap()
    };
    let without: Vec<String> = schema().await.into_iter().filter(|table| !table.contains("_rebuilt_")).collect();
    rebuild(&pool, ProjectionName::Members, &world.journal, async || {}).await;
    let expected = world.members("acme", all()).await.unwrap();
    assert_eq!(views.members(organization("acme"), &all()).await.unwrap(), expected);
    assert_eq!(schema().await, without, "tables, indexes and settings are as the migrations made them");
}

#[tokio::test]
async fn what_can_be_read_by_now_is_parked_no_longer_and_what_can_not_is() {
    let (mut world, pool) = applied().await;
    let readable = world.write(organization("acme"), E::OrganizationRenamed { name: "Later".parse().unwrap() });
    world.write_poison("globex");
    // To this version acme's last event is a riddle too.
    let (position, id) = (readable.position(), readable.organization());
    let mut delivered = world.journal.clone();
    delivered[position as usize - 1] = Entry::Poison { position, organization: id, why: "unknown variant".into() };
    apply(&pool, &delivered).await;
    let views = views(&pool);
    assert_eq!(views.parked().await.unwrap(), [organization("acme"), organization("globex")]);
    let readable = &world.journal;
    for name in ProjectionName::ALL {
        rebuild(&pool, name, readable, async || {}).await;
    }
    assert_eq!(views.parked().await.unwrap(), [organization("globex")]);
}
