{-# LANGUAGE OverloadedStrings #-}
-- Ask the library feed (Debian: libghc-feed-dev) what it thinks of Atom feeds; their paths come on standard input.
-- A line for each fault: the path and what is wrong. Its validator judges entries; a feed without what it must have is none to it.
module Main (main) where

import qualified Data.Text.Lazy.IO as Lazy
import Data.XML.Types (Document (documentRoot), Element)
import qualified Text.Atom.Feed as Atom
import qualified Text.Atom.Feed.Export as Export
import qualified Text.Atom.Feed.Import as Import
import Text.Atom.Feed.Validate (flattenT, validateEntry)
import qualified Text.XML as XML

main :: IO ()
main = getContents >>= mapM_ judge . lines

judge :: FilePath -> IO ()
judge path = do
  read' <- XML.parseText XML.def <$> Lazy.readFile path
  mapM_ (\fault -> putStrLn (path ++ ": " ++ fault)) (either (pure . show) (faults . documentRoot . XML.toXMLDocument) read')

faults :: Element -> [String]
faults root = case Import.elementFeed root of
  Nothing -> ["is no Atom feed with an id, a title and the time of its last change"]
  Just feed -> concatMap (map snd . flattenT . validateEntry) (Import.pNodes "entry" (Import.children root)) ++ read' feed
  where
    read' feed = ["an entry cannot be read" | length (Atom.feedEntries feed) /= length (Import.pNodes "entry" (Import.children root))]
