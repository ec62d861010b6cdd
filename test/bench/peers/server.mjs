/** `server.mjs PORT FOLDER`: express-pouchdb over LevelDB, as its README starts it, without its log and its web page. */
import express from 'express'
import expressPouch from 'express-pouchdb'
import PouchDB from 'pouchdb'

const [port, folder] = process.argv.slice(2)
const Stored = PouchDB.defaults({ prefix: `${folder}/` })
const app = express()
app.use('/', expressPouch(Stored, { mode: 'minimumForPouchDB', overrideMode: { exclude: [] } }))
app.listen(Number(port), '127.0.0.1')
