#include "output/pdf_finish.h"

#include <fmt/format.h>

#define POINTERHOLDER_TRANSITION 4  // qpdf 11: smart pointers are std::shared_ptr
#include <qpdf/JSON.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <memory>

namespace yekun {

namespace {

std::string escape_xml(std::string const& text) {
  std::string escaped;
  for (char const c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else
      escaped += c;
  }
  return escaped;
}

std::string xmp(PdfFacts const& facts) {
  std::string const stamp = to_iso(facts.as_of) + "T00:00:00Z";
  std::string packet =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "  <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n";
  packet += fmt::format("   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n",
                        escape_xml(facts.title));
  if (!facts.author.empty())
    packet +=
        fmt::format("   <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escape_xml(facts.author));
  packet +=
      fmt::format("   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n",
                  escape_xml(facts.subject));
  packet += fmt::format("   <dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n", facts.language);
  packet += fmt::format("   <xmp:CreateDate>{0}</xmp:CreateDate>\n   <xmp:ModifyDate>{0}</xmp:ModifyDate>\n", stamp);
  packet += fmt::format("   <pdf:Producer>{}</pdf:Producer>\n", escape_xml(facts.producer));
  if (!facts.keywords.empty())
    packet += fmt::format("   <pdf:Keywords>{}</pdf:Keywords>\n", escape_xml(facts.keywords));
  packet += "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
  return packet;
}

/// Gives the figures of the structure tree their texts, depth first, which is the order of the pages.
class AltTexts {
 public:
  explicit AltTexts(std::vector<std::string> const& texts) : texts_(texts) {}

  void visit(QPDFObjectHandle node) {
    if (next_ >= texts_.size()) return;
    if (node.isArray()) {
      int const count = node.getArrayNItems();
      for (int i = 0; i < count; ++i) visit(node.getArrayItem(i));
      return;
    }
    if (!node.isDictionary() || !node.hasKey("/K")) return;
    if (node.hasKey("/S") && node.getKey("/S").isName() && node.getKey("/S").getName() == "/Figure") {
      node.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(texts_[next_++]));
      return;
    }
    QPDFObjectHandle kids = node.getKey("/K");
    if (kids.isArray() || kids.isDictionary()) visit(kids);
  }

 private:
  std::vector<std::string> const& texts_;
  std::size_t next_ = 0;
};

std::string finish(std::string const& pdf, PdfFacts const& facts) {
  QPDF file;
  file.setSuppressWarnings(true);
  file.processMemoryFile("report", pdf.data(), pdf.size());
  QPDFObjectHandle root = file.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(facts.language));
  root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
  root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
  QPDFObjectHandle metadata = QPDFObjectHandle::newStream(&file, xmp(facts));
  metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", metadata);
  if (root.hasKey("/StructTreeRoot")) AltTexts(facts.alt).visit(root.getKey("/StructTreeRoot"));
  for (auto& page : QPDFPageDocumentHelper(file).getAllPages())
    page.getObjectHandle().replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.write();
  std::shared_ptr<Buffer> const written = writer.getBufferSharedPointer();
  return {reinterpret_cast<char const*>(written->getBuffer()), written->getSize()};
}

}  // namespace

Result<std::string> finish_pdf(std::string const& pdf, PdfFacts const& facts) {
  try {
    return finish(pdf, facts);
  } catch (std::exception const& problem) {
    Diagnostic error;
    error.fault = Fault::internal;
    error.code = "pdf";
    error.message = fmt::format("the PDF could not be finished: {}", problem.what());
    return failure(std::move(error));
  }
}

}  // namespace yekun
