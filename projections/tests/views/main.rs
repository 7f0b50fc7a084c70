//! What every view store promises, written once and run on each adapter. A new adapter joins in `adapters` and in
//! `on_every_adapter`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

/// Runs each of these functions of the file on each adapter.
macro_rules! on_every_adapter {
    ($($test:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $test() {
                super::$test(crate::world::World::on::<crate::adapters::Memory>().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $test() {
                super::$test(crate::world::World::on::<crate::adapters::Postgres>().await).await;
            })+
        }
    };
}

mod adapters;
mod deliveries;
mod fold;
mod in_tables;
mod invitations;
mod members;
mod organizations;
mod paging;
mod parked;
mod people;
mod projector;
mod rebuild;
mod retry;
mod search;
mod selection;
mod turns;
mod world;
