// Several workers over the pieces of several files.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "data-loaders/csv_batches.h"
#include "data-loaders/csv_pieces.h"
#include "data-loaders/text_file.h"

namespace yekun {

/// One file, ready to be read.
struct CsvFile {
  TextFile text;
  CsvFilePlan plan;
  std::unique_ptr<PieceReader> pieces;
  FileFacts facts;
  std::vector<Finding> notes;  // about the file as a whole and its header
};

/// Opens the file with an index in order; called by one thread at a time.
using OpenCsvFile = std::function<Result<std::unique_ptr<CsvFile>>(std::uint32_t index)>;

/// Reads `files` files with request.threads workers and delivers their batches.
Result<ScanSummary> scan_csv(std::string const& dataset, std::uint32_t files, OpenCsvFile const& open,
                             ScanRequest const& request, BatchSink& sink);

}  // namespace yekun
