#include "data-loaders/libpq.h"

#include <dlfcn.h>

namespace yekun {
namespace {

struct Find {
  void* library;
  bool well = true;
  template <class Function>
  void operator()(char const* name, Function& out) {
    out = reinterpret_cast<Function>(dlsym(library, name));
    well = well && out != nullptr;
  }
};

bool load(Libpq& pq) {
  void* const library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);  // stays for the life of the process
  if (library == nullptr) return false;
  Find find{library};
  find("PQconnectStartParams", pq.connect_start);
  find("PQconnectPoll", pq.connect_poll);
  find("PQconninfoParse", pq.conninfo_parse);
  find("PQconninfoFree", pq.conninfo_free);
  find("PQsetErrorVerbosity", pq.set_error_verbosity);
  find("PQstatus", pq.status);
  find("PQsocket", pq.socket);
  find("PQfinish", pq.finish);
  find("PQerrorMessage", pq.error_message);
  find("PQuser", pq.user);
  find("PQdb", pq.db);
  find("PQhost", pq.host);
  find("PQport", pq.port);
  find("PQgetCancel", pq.get_cancel);
  find("PQcancel", pq.cancel);
  find("PQfreeCancel", pq.free_cancel);
  find("PQexec", pq.exec);
  find("PQexecParams", pq.exec_params);
  find("PQprepare", pq.prepare);
  find("PQsendQueryParams", pq.send_query_params);
  find("PQsetSingleRowMode", pq.set_single_row_mode);
  find("PQgetResult", pq.get_result);
  find("PQgetCopyData", pq.get_copy_data);
  find("PQfreemem", pq.freemem);
  find("PQclear", pq.clear);
  find("PQresultStatus", pq.result_status);
  find("PQresultErrorField", pq.result_error_field);
  find("PQresultErrorMessage", pq.result_error_message);
  find("PQntuples", pq.ntuples);
  find("PQnfields", pq.nfields);
  find("PQfname", pq.fname);
  find("PQftype", pq.ftype);
  find("PQfmod", pq.fmod);
  find("PQgetvalue", pq.getvalue);
  find("PQgetlength", pq.getlength);
  find("PQgetisnull", pq.getisnull);
  return find.well;
}

}  // namespace

Libpq const* libpq() {
  static Libpq table;
  static bool const there = load(table);
  return there ? &table : nullptr;
}

}  // namespace yekun
