#pragma once

#include <QString>
#include <vector>

#include "core/model/Finding.h"
#include "core/model/Mask.h"

class QPainter;
class QSize;
class QTransform;

namespace kamei::ui::views::image {

/// A mask as it is shown on a picture.
struct MaskItem {
    base::FindingId finding;
    model::Mask mask;
    model::Category category = model::Category::Identifier;
    model::DecisionState state = model::DecisionState::Open;
    bool ofPerson = false; ///< drawn by a person: may be moved, reshaped and removed
    QString tag;           ///< "1 識 文字認識 0.99"
};

/// The masks among the findings of an asset, in order. A finding with a rectangle but no drawn mask is a
/// mask of that rectangle; one that covers the whole asset (a request to look) is none.
[[nodiscard]] std::vector<MaskItem> maskItems(const std::vector<model::Finding>& findings);

/// Draws a mask's outline in its category's line style; `toWidget` maps pixels of the picture to the
/// painter. Open ones get their tag, decided ones the line alone, rejected ones are struck through. Of one
/// that keeps only its inside, everything outside it in the picture is hatched.
void paintMask(QPainter& painter, const MaskItem& item, const QSize& picture, const QTransform& toWidget,
               bool selected, bool withTag);

} // namespace kamei::ui::views::image
