#pragma once

#include <QWidget>
#include <optional>

#include "ui/views/image/MaskItem.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace kamei::ui::views::image {

/// The selected mask in numbers: place, frames, fill; and what it is applied to. Hidden while none is
/// selected.
class MaskBar : public QWidget {
    Q_OBJECT

public:
    explicit MaskBar(QWidget* parent = nullptr);

    /// `sameDevice`: other assets of the same device and size; nothing where no device took the picture.
    void show(const std::optional<MaskItem>& item, int frames, std::optional<int> sameDevice);

signals:
    void changed(kamei::base::FindingId finding, const kamei::model::Mask& mask);
    /// Copy the mask to all images of the same device and size; keep it as the device's template.
    void applyToDevice(kamei::base::FindingId finding, bool keepTemplate);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void report();

    QLabel* m_place;
    QLabel* m_framesLabel;
    QSpinBox* m_first;
    QLabel* m_to;
    QSpinBox* m_last;
    QPushButton* m_all;
    QLabel* m_fillLabel;
    QComboBox* m_fill;
    QCheckBox* m_keepInside;
    QCheckBox* m_template;
    QPushButton* m_device;
    std::optional<MaskItem> m_item;
    int m_frameCount = 1;
    int m_sameDevice = 0;
};

} // namespace kamei::ui::views::image
