// the build is then the same in every folder; otherwise a module is numbered by its whole path
module.exports = { optimization: { moduleIds: 'natural' } };
