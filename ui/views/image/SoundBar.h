#pragma once

#include <QWidget>
#include <optional>

#include "ui/views/image/Clip.h"
#include "ui/views/image/SoundItem.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kamei::ui::style {
class ElidedLabel;
class Segments;
} // namespace kamei::ui::style

namespace kamei::ui::views::image {

/// What becomes of the selected stream of sound: removed, silent in parts, or kept; the silent ranges; why
/// the rest may be heard. What is marked stays a draft, and the sound as it was, until the reason is there
/// (Guideline 4.4: the rest of a voice identifies as the whole did). Hidden while no sound is selected.
class SoundBar : public QWidget {
    Q_OBJECT

public:
    explicit SoundBar(QWidget* parent = nullptr);

    /// Takes the draft back where what is decided has changed, or another stream is shown.
    void show(const std::optional<SoundItem>& item, const Clip& clip);
    /// What is shown: the draft where there is one.
    [[nodiscard]] const std::optional<SoundItem>& item() const { return m_draft; }
    void add(const model::Mute::Range& range);
    void discard(); ///< the draft: it was refused
    /// The frame that a range begins with while its end is not said yet; 0: none.
    void setBegun(int frame);

signals:
    /// A decision that is complete.
    void decided(const kamei::ui::views::image::SoundItem& item);
    void drafted();         ///< item() changed
    void chosen(int frame); ///< a range was chosen: where it begins

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void choose(SoundItem::Fate fate);
    void removeRange();
    void takeReason();
    /// Says what is decided, or what is missing for it.
    void submit();

    std::optional<SoundItem> m_stored;
    std::optional<SoundItem> m_draft;
    Clip m_clip;
    int m_begun = 0;

    QLabel* m_name;
    style::Segments* m_fate;
    QComboBox* m_ranges;
    QPushButton* m_remove;
    QLabel* m_reasonLabel;
    QLineEdit* m_reason;
    style::ElidedLabel* m_hint;
};

} // namespace kamei::ui::views::image
