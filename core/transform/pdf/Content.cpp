#include "core/transform/pdf/Content.h"

#include <algorithm>
#include <array>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "core/intake/pdf/PdfDocument.h"
#include "core/transform/pdf/Writing.h"

namespace kamei::transform::pdf {
namespace {

using base::ErrorCode;

/// Writes operators as they come.
class Rewriter final : public QPDFObjectHandle::ParserCallbacks {
public:
    void handleObject(QPDFObjectHandle object) override {
        if (object.isInlineImage()) {
            m_sound = false;
        } else if (object.isOperator()) {
            const std::string word = object.getOperatorValue();
            constexpr std::array<std::string_view, 5> kMarks{"BMC", "BDC", "EMC", "MP", "DP"};
            if (std::ranges::find(kMarks, word) == kMarks.end()) {
                m_out += m_operands + word + '\n';
            }
            m_operands.clear();
        } else {
            m_operands += object.unparse() + ' ';
        }
    }
    void handleEOF() override {}

    [[nodiscard]] std::optional<std::string> take() {
        return m_sound ? std::optional(std::move(m_out)) : std::nullopt;
    }

private:
    bool m_sound = true;
    std::string m_operands;
    std::string m_out;
};

} // namespace

std::shared_ptr<QPDF> openFor(std::string_view bytes) {
    auto file = QPDF::create();
    file->setLogger(QPDFLogger::create());
    file->setSuppressWarnings(true);
    file->setAttemptRecovery(false);
    file->processMemoryFile("pdf", bytes.data(), bytes.size());
    return file;
}

std::optional<std::string> plainContent(QPDFObjectHandle content) {
    if (!content.isStream() && !content.isArray()) {
        return std::string();
    }
    Rewriter rewriter;
    QPDFObjectHandle::parseContentStream(content, &rewriter);
    return rewriter.take();
}

std::string bytesOf(QPDF& file) {
    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

base::Expected<std::string> withoutAnnotations(std::string_view bytes) {
    // Checked before a writer follows its references.
    if (const auto sound = intake::pdf::PdfDocument::open(std::string(bytes)); !sound) {
        return tl::unexpected(sound.error());
    }
    try {
        const auto file = openFor(bytes);
        for (QPDFObjectHandle page : file->getAllPages()) {
            auto annotations = page.getKey("/Annots");
            auto fields = QPDFObjectHandle::newArray();
            for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
                auto annotation = annotations.getArrayItem(i);
                auto kind =
                    annotation.isDictionary() ? annotation.getKey("/Subtype") : QPDFObjectHandle::newNull();
                if (!kind.isName() || kind.getName() != "/Widget") {
                    continue;
                }
                auto type = annotation.getKey("/FT");
                for (auto parent = annotation.getKey("/Parent"); !type.isName() && parent.isDictionary();
                     parent = QPDFObjectHandle::newNull()) {
                    type = parent.getKey("/FT");
                }
                if (!type.isName() || type.getName() != "/Sig") {
                    fields.appendItem(annotation);
                }
            }
            page.replaceKey("/Annots", fields);
        }
        return bytesOf(*file);
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, "transform.pdf.write");
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, "transform.pdf.write");
    }
}

} // namespace kamei::transform::pdf
