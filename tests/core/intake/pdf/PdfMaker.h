#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace kamei::test {

/// Writes a PDF object by object, so that tests can plant what no library writes.
class PdfMaker {
public:
    /// Body of the next object; its number is returned, counted from 1.
    int add(std::string body) {
        m_objects.push_back(std::move(body));
        return static_cast<int>(m_objects.size());
    }
    int addStream(const std::string& entries, const std::string& data) {
        return add("<< " + entries + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
                   "\nendstream");
    }
    void replace(int number, std::string body) {
        m_objects[static_cast<std::size_t>(number - 1)] = std::move(body);
    }

    [[nodiscard]] std::string file(int root, const std::string& trailer = {}) const {
        std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < m_objects.size(); ++i) {
            places.push_back(out.size());
            out += std::to_string(i + 1) + " 0 obj\n" + m_objects[i] + "\nendobj\n";
        }
        const std::size_t table = out.size();
        out += "xref\n0 " + std::to_string(m_objects.size() + 1) + "\n0000000000 65535 f \n";
        for (const std::size_t place : places) {
            char line[32];
            std::snprintf(line, sizeof line, "%010zu 00000 n \n", place);
            out += line;
        }
        out += "trailer\n<< /Size " + std::to_string(m_objects.size() + 1) + " /Root " +
               std::to_string(root) + " 0 R " + trailer + " >>\nstartxref\n" + std::to_string(table) +
               "\n%%EOF\n";
        return out;
    }

private:
    std::vector<std::string> m_objects;
};

/// What a document of one page is made of; every part may hold something planted.
struct PdfParts {
    std::string content = "BT /F 24 Tf 60 700 Td (Plain words) Tj ET";
    std::string page = {};      ///< further entries of the page
    std::string resources = {}; ///< further entries of its resources
    std::string catalogue = {}; ///< further entries of the catalogue
    std::string font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    std::string trailer = {}; ///< further entries of the trailer
    std::string box = "/MediaBox [0 0 595 842]";
    std::vector<std::string> objects = {}; ///< from number 6 on
};

/// Objects 1 catalogue, 2 pages, 3 page, 4 content, 5 font, then those of the parts.
inline std::string makePdf(const PdfParts& parts = {}) {
    PdfMaker maker;
    maker.add("<< /Type /Catalog /Pages 2 0 R " + parts.catalogue + " >>");
    maker.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    maker.add("<< /Type /Page /Parent 2 0 R " + parts.box +
              " /Contents 4 0 R /Resources << /Font << /F 5 0 R >> " + parts.resources + " >> " + parts.page +
              " >>");
    maker.addStream("", parts.content);
    maker.add(parts.font);
    for (const std::string& object : parts.objects) {
        maker.add(object);
    }
    return maker.file(1, parts.trailer);
}

inline std::string pdfStream(const std::string& entries, const std::string& data) {
    return "<< " + entries + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
           "\nendstream";
}

} // namespace kamei::test
