//! Rows in order of position, one shelf for each role or state. A page of one shelf reads only that shelf, a page of all
//! merges them, and counts are lengths: no filter ever walks a million rows to find one.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use domain::Position;

pub(super) struct Shelves<S, R> {
    shelves: Vec<(S, BTreeMap<Position, R>)>,
}

/// In which order a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    OldestFirst,
    NewestFirst,
}

impl<S, R> Default for Shelves<S, R> {
    fn default() -> Self {
        Self { shelves: Vec::new() }
    }
}

impl<S: Copy + PartialEq, R> Shelves<S, R> {
    pub(super) fn put(&mut self, shelf: S, position: Position, row: R) {
        match self.shelves.iter_mut().find(|(name, _)| *name == shelf) {
            Some((_, rows)) => {
                rows.insert(position, row);
            }
            None => self.shelves.push((shelf, BTreeMap::from([(position, row)]))),
        }
    }

    pub(super) fn get(&self, position: Position) -> Option<(S, &R)> {
        self.shelves.iter().find_map(|(name, rows)| Some((*name, rows.get(&position)?)))
    }

    pub(super) fn get_mut(&mut self, position: Position) -> Option<&mut R> {
        self.shelves.iter_mut().find_map(|(_, rows)| rows.get_mut(&position))
    }

    pub(super) fn take(&mut self, position: Position) -> Option<R> {
        self.shelves.iter_mut().find_map(|(_, rows)| rows.remove(&position))
    }

    /// Any row, with its position: for clearing the shelves bit by bit.
    pub(super) fn take_any(&mut self) -> Option<(Position, R)> {
        self.shelves.iter_mut().find_map(|(_, rows)| rows.pop_first())
    }

    pub(super) fn relabel(&mut self, position: Position, shelf: S) {
        if let Some(row) = self.take(position) {
            self.put(shelf, position, row);
        }
    }

    /// How many rows lie on one shelf, or on all.
    pub(super) fn count(&self, only: Option<S>) -> u64 {
        self.wanted(only).map(|(_, rows)| rows.len() as u64).sum()
    }

    /// At most `limit` rows that follow `after` in this order.
    pub(super) fn page<'s>(
        &'s self,
        only: Option<S>,
        order: Order,
        after: Option<Position>,
        limit: usize,
    ) -> Vec<(Position, S, &'s R)> {
        let edge = after.map_or(Unbounded, Excluded);
        let mut page = Vec::new();
        for (name, rows) in self.wanted(only) {
            let row = |(position, row): (&Position, &'s R)| (*position, *name, row);
            match order {
                Order::OldestFirst => page.extend(rows.range((edge, Unbounded)).take(limit).map(row)),
                Order::NewestFirst => page.extend(rows.range((Unbounded, edge)).rev().take(limit).map(row)),
            }
        }
        page.sort_unstable_by_key(|(position, ..)| *position);
        if order == Order::NewestFirst {
            page.reverse();
        }
        page.truncate(limit);
        page
    }

    fn wanted(&self, only: Option<S>) -> impl Iterator<Item = &(S, BTreeMap<Position, R>)> {
        self.shelves.iter().filter(move |(name, _)| only.is_none_or(|only| only == *name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Shelves<char, &'static str> {
        let mut shelves = Shelves::default();
        for (shelf, position, row) in [('a', 1, "ana"), ('b', 2, "ben"), ('a', 5, "cleo")] {
            shelves.put(shelf, position, row);
        }
        shelves
    }

    fn names(page: &[(Position, char, &&'static str)]) -> Vec<&'static str> {
        page.iter().map(|(_, _, row)| **row).collect()
    }

    #[test]
    fn a_page_merges_the_shelves_in_either_order() {
        let shelves = three();
        assert_eq!(names(&shelves.page(None, Order::OldestFirst, None, 2)), ["ana", "ben"]);
        assert_eq!(names(&shelves.page(None, Order::NewestFirst, Some(5), 9)), ["ben", "ana"]);
        assert_eq!(names(&shelves.page(Some('a'), Order::OldestFirst, Some(1), 9)), ["cleo"]);
        assert_eq!(names(&shelves.page(Some('c'), Order::OldestFirst, None, 9)), [""; 0]);
    }

    #[test]
    fn a_row_that_changes_shelf_keeps_its_place() {
        let mut shelves = three();
        shelves.relabel(1, 'b');
        assert_eq!(names(&shelves.page(Some('b'), Order::OldestFirst, None, 9)), ["ana", "ben"]);
        assert_eq!((shelves.count(Some('a')), shelves.count(None)), (1, 3));
    }
}
