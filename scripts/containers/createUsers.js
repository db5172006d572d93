/* global db */
// Run by the image of MongoDB when its volume is empty: a user for each subgraph, who may use that subgraph's database only.
for (const name of ['organizations', 'campaigns', 'recognitions']) {
  db.getSiblingDB('admin').createUser({
    user: name,
    pwd: process.env.MONGODB_PASSWORD,
    roles: [{ role: 'readWrite', db: name }],
  });
}
