#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "ui/screens/work/AddPopup.h"
#include "ui/shell/AppContext.h"
#include "ui/views/text/Highlights.h"
#include "ui/views/text/PaperText.h"

class QLabel;
class QSplitter;

namespace kamei::ui::views::text {
class FindBar;
class TextView;
} // namespace kamei::ui::views::text

namespace kamei::ui::screens::work {

/// A text before, after, or both side by side; as document or as source.
class TextPage : public QWidget {
    Q_OBJECT

public:
    enum class Sides { Before, After, Both };

    explicit TextPage(shell::AppContext& context, QWidget* parent = nullptr);

    void open(const model::Asset& asset, std::vector<model::Finding> findings);
    /// The same asset after a decision: marks at once, the side after processing when it is read.
    void update(std::vector<model::Finding> findings);
    void clear();
    void setSides(Sides sides);
    [[nodiscard]] Sides sides() const { return m_sides; }
    void setForm(views::text::Form form);
    [[nodiscard]] views::text::Form form() const { return m_form; }
    void setCurrent(base::FindingId finding);
    void find();
    /// "line 3" of a finding; empty when it is not in the text.
    [[nodiscard]] QString placeOf(const model::Finding& finding) const;
    /// Encoding and length, for the head.
    [[nodiscard]] QString facts() const;

signals:
    void findingSelected(kamei::base::FindingId finding);
    void marked(const kamei::ui::screens::work::Marked& marked);
    void factsChanged();
    void formChanged();
    void failed(const kamei::base::Error& error);

private:
    struct Loaded;
    void load(job::Side side, bool keepPlace);
    void take(Loaded loaded, job::Side side, bool keepPlace);
    void mark(int start, int end);
    void showSides();

    shell::AppContext& m_context;
    views::text::FindBar* m_find;
    QSplitter* m_both;
    views::text::TextView* m_before;
    views::text::TextView* m_after;
    model::Asset m_asset;
    std::vector<model::Finding> m_findings;
    std::shared_ptr<const job::ShownText> m_source;
    Sides m_sides = Sides::Before;
    views::text::Form m_form = views::text::Form::Document;
    base::FindingId m_current;
    quint64 m_generation = 0; ///< of the asset
    quint64 m_afterGeneration = 0;
    quint64 m_beforeGeneration = 0;
    bool m_afterStale = true;
    bool m_scrolling = false;
};

} // namespace kamei::ui::screens::work
