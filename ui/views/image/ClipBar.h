#pragma once

#include <QWidget>

class QToolButton;

namespace kamei::ui::views::image {

/// The commands of a clip: key frames of the selected mask, and the frames from which and to which it is
/// there, or the selected sound silent.
class ClipBar : public QWidget {
    Q_OBJECT

public:
    explicit ClipBar(QWidget* parent = nullptr);

    enum class Target { None, Mask, Sound };
    /// What is selected; `onKey`: the present frame is one of the mask's key frames.
    void show(Target target, bool onKey);

    [[nodiscard]] QSize sizeHint() const override;        ///< with signs and words
    [[nodiscard]] QSize minimumSizeHint() const override; ///< with signs alone

signals:
    void keyWanted();
    void keyRemoved();
    void startWanted(); ///< the mask, or the silence, begins on the present frame
    void endWanted();   ///< and ends on it
    void trackWanted(); ///< the mask follows what it covers from the present frame on

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();
    int widthAs(Qt::ToolButtonStyle shown);
    void measure();
    void fit();

    QToolButton* m_key;
    QToolButton* m_noKey;
    QToolButton* m_start;
    QToolButton* m_end;
    QToolButton* m_track;
    Target m_target = Target::None;
    int m_wordWidth = 0;
    int m_iconWidth = 0;
};

} // namespace kamei::ui::views::image
