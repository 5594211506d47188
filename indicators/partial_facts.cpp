// Facts: what was read and found, the days, keys without a match.
#include "indicators/partial_states.h"

namespace yekun {

namespace {

void write_findings(Findings const& findings, ByteWriter& out) {
  out.count(findings.listed.size());
  for (Finding const& one : findings.listed) {
    for (auto const* const text : {&one.dataset, &one.file, &one.column, &one.rule, &one.text, &one.reason})
      out.text(*text);
    out.count(one.row);
    out.count(static_cast<std::uint64_t>(one.severity));
  }
  out.count(findings.counts.size());
  for (auto const& [key, count] : findings.counts) {
    out.text(key.first);
    out.text(key.second);
    out.count(count);
  }
  out.count(findings.total);
  out.count(findings.errors);
}

Findings read_findings(ByteReader& in) {
  Findings out;
  for (std::size_t n = in.size(); n > 0 && !in.failed(); --n) {
    Finding one;
    for (auto* const text : {&one.dataset, &one.file, &one.column, &one.rule, &one.text, &one.reason})
      *text = in.text();
    one.row = in.count();
    one.severity = static_cast<Severity>(in.count(static_cast<std::uint64_t>(Severity::note)));
    out.listed.push_back(std::move(one));
  }
  for (std::size_t n = in.size(); n > 0 && !in.failed(); --n) {
    std::string rule(in.text());
    std::string column(in.text());
    out.counts[{std::move(rule), std::move(column)}] = in.count();
  }
  out.total = in.count();
  out.errors = in.count();
  return out;
}

void write_summary(ScanSummary const& summary, ByteWriter& out) {
  out.count(summary.files.size());
  for (FileFacts const& file : summary.files) {
    out.text(file.name);
    for (std::uint64_t const count : {file.bytes, file.rows, file.skipped}) out.count(count);
  }
  out.count(summary.rows);
  write_findings(summary.findings, out);
  out.count(summary.notes);
}

ScanSummary read_summary(ByteReader& in) {
  ScanSummary out;
  for (std::size_t n = in.size(); n > 0 && !in.failed(); --n) {
    FileFacts file;
    file.name = in.text();
    for (auto* const count : {&file.bytes, &file.rows, &file.skipped}) *count = in.count();
    out.files.push_back(std::move(file));
  }
  out.rows = in.count();
  out.findings = read_findings(in);
  out.notes = in.count(out.findings.listed.size());
  return out;
}

}  // namespace

std::string facts_bytes(RowFacts const& facts) {
  ByteWriter out;
  write_summary(facts.summary, out);
  out.flag(facts.dated());
  if (facts.dated()) {
    out.whole(facts.first_day);
    out.whole(facts.last_day);
    out.flag(facts.has_open);
  }
  out.count(facts.undated);
  out.count(facts.unmatched.size());
  for (Unmatched const& one : facts.unmatched) {
    out.count(one.rows);
    out.count(one.examples.size());
    for (auto const& [order, key] : one.examples) {
      out.count(order);
      out.text(key);
    }
  }
  return out.take();
}

std::optional<RowFacts> load_facts(std::string_view bytes, CompiledPlan const& plan) {
  ByteReader in(bytes);
  RowFacts out;
  out.summary = read_summary(in);
  if (in.flag()) {
    out.first_day = static_cast<std::int32_t>(in.whole(kFirstDate.days, kLastDate.days));
    out.last_day = static_cast<std::int32_t>(in.whole(out.first_day, kLastDate.days));
    out.has_open = in.flag();
  }
  out.undated = in.count();
  for (std::size_t n = in.size(); n > 0 && !in.failed(); --n) {
    Unmatched& one = out.unmatched.emplace_back();
    one.rows = in.count();
    for (std::size_t left = in.size(); left > 0 && !in.failed(); --left) {
      std::uint64_t const order = in.count();
      one.examples.emplace_back(order, in.text());
    }
  }
  if (!in.done() || out.unmatched.size() != plan.lookup_keys.size()) return std::nullopt;
  return out;
}

}  // namespace yekun
