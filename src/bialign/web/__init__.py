"""The pages: a whole corpus made and reviewed in a browser, served on this machine, to it alone unless told otherwise.

server    the socket, the port, the browser
app       the routes, put together
guard     who may talk to it, and what a page may do; `door` the token or the password, `login` the way in by it
limits    how much a request may hold, and how long it may take
pages     the list of the pages, and the bar that leads from one to the other
session   what a run of the server knows: its folder, its corpus, uploads and jobs
pool      connections to the corpus, one request each
api       the corpus as JSON; `edits` what may be done to it, `changes` what others did, `views` how it is told
pages     the pages there are, and the bar between them
concordance  searches; `asked` reads them, `hits` how they are told
glossary  the glossary looked through and edited; `entries` what is wrong with an entry
terms     the check, renderings and candidates; `links` between the words of beads
uploads   files that were dropped, looked at before they come in; `making` brings them in
documents the texts with their figures; `arrivals` how each came in
exporting files out, with reports; `exports` keeps them for the browser; `checking` the doctor
jobs      long work with its progress, which can be stopped
reasons   why a bead is as sure as it is, found when it is asked
locales   every word of the pages, in English and Spanish
"""
