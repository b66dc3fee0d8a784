#include "core/demo/Letter.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "core/base/FileIo.h"

namespace kamei::demo {
namespace {

constexpr double kWidthPt = 595;
constexpr double kHeightPt = 842;
constexpr double kMarginPt = 56;

cairo_status_t append(void* to, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

/// A document of A4 pages that is written line by line.
class Sheet {
public:
    explicit Sheet(std::string& out)
        : m_surface(cairo_pdf_surface_create_for_stream(append, &out, kWidthPt, kHeightPt)),
          m_cairo(cairo_create(m_surface)) {}
    ~Sheet() {
        cairo_destroy(m_cairo);
        cairo_surface_destroy(m_surface);
    }
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    void state(cairo_pdf_metadata_t key, const std::string& value) {
        cairo_pdf_surface_set_metadata(m_surface, key, value.c_str());
    }
    void outline(const std::string& title) {
        cairo_pdf_surface_add_outline(m_surface, CAIRO_PDF_OUTLINE_ROOT, title.c_str(), "page=1",
                                      CAIRO_PDF_OUTLINE_FLAG_OPEN);
    }
    void line(const std::string& text, double sizePt = 11) {
        PangoLayout* layout = pango_cairo_create_layout(m_cairo);
        PangoFontDescription* font = pango_font_description_from_string("Noto Sans CJK JP");
        pango_font_description_set_absolute_size(font, sizePt * PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
        cairo_move_to(m_cairo, kMarginPt, m_top);
        pango_cairo_show_layout(m_cairo, layout);
        pango_font_description_free(font);
        g_object_unref(layout);
        m_top += sizePt * 1.9;
    }
    void endPage() {
        cairo_show_page(m_cairo);
        m_top = kMarginPt;
    }
    bool finish() {
        cairo_surface_finish(m_surface);
        return cairo_surface_status(m_surface) == CAIRO_STATUS_SUCCESS;
    }

private:
    cairo_surface_t* m_surface;
    cairo_t* m_cairo;
    double m_top = kMarginPt;
};

} // namespace

base::Expected<std::vector<Planted>> writePdfLetter(const Person& p, const std::filesystem::path& cohort,
                                                    const std::string& file) {
    std::string bytes;
    {
        Sheet sheet(bytes);
        sheet.state(CAIRO_PDF_METADATA_AUTHOR, hospital().physician);
        sheet.state(CAIRO_PDF_METADATA_TITLE, p.kanji() + " 様 返書");
        sheet.state(CAIRO_PDF_METADATA_CREATE_DATE, "2026-03-13T09:00:00Z");
        sheet.outline(p.kanji() + " 様");
        sheet.line("診療情報提供書（返書）", 18);
        sheet.line("");
        sheet.line(hospital().name + "　" + hospital().department);
        sheet.line("患者ID：" + p.id);
        sheet.line("氏名：" + p.kanji() + "（" + p.kana() + "）");
        sheet.line("生年月日：" + p.birthDateText);
        sheet.line("住所：" + p.address);
        sheet.line("電話：" + p.phone);
        sheet.line("");
        sheet.line("ご紹介いただきありがとうございます。右膝の痛みについて拝見しました。");
        sheet.line("単純X線では関節裂隙の軽度の狭小化を認めます。保存的に経過をみます。");
        sheet.line("ロキソプロフェン 60 mg 疼痛時、外用薬を処方しました。");
        sheet.endPage();
        sheet.line("検査所見", 14);
        sheet.line("CRP 0.12 mg/dL、尿酸 5.4 mg/dL、HbA1c 5.8 %");
        sheet.line("今後とも" + p.familyKanji + "さんをよろしくお願いいたします。");
        sheet.line("記載：" + hospital().physician);
        sheet.endPage();
        if (!sheet.finish()) {
            return base::fail(base::ErrorCode::Internal, "demo.letter");
        }
    }
    if (auto written = base::writeFileAtomically(cohort / file, bytes); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{p.id, "patient-id", p.id, file, "page 1"},
                                {p.id, "patient-name", p.kanji(), file, "page 1"},
                                {p.id, "patient-name", p.kana(), file, "page 1"},
                                {p.id, "birth-date", p.birthDateText, file, "page 1"},
                                {p.id, "address", p.address, file, "page 1"},
                                {p.id, "phone", p.phone, file, "page 1"},
                                {p.id, "patient-name", p.familyKanji, file, "page 2"},
                                {p.id, "patient-name", p.kanji(), file, "Pdf.Info.Title"},
                                {p.id, "patient-name", p.kanji(), file, "Pdf.Outline"},
                                {"", "clinician", hospital().physician, file, "Pdf.Info.Author"},
                                {"", "clinician", hospital().physician, file, "page 2"},
                                {"", "facility", hospital().name, file, "page 1"}};
}

} // namespace kamei::demo
