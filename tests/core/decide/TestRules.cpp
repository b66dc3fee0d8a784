#include <QTest>
#include <algorithm>

#include "core/decide/Masks.h"
#include "core/decide/Rules.h"

using namespace kamei;
using base::ErrorCode;
using model::Action;
using model::Category;
using model::DecisionState;
using model::Requirement;
using Kind = model::Locator::Kind;

namespace {

model::Finding named(Requirement requirement = Requirement::Required, Action suggested = Action::Delete) {
    model::Finding out;
    out.id = {1};
    out.asset = {1};
    out.rule = "clinical-text.patient-name";
    out.locator.kind = Kind::Text;
    out.locator.start = 3;
    out.locator.end = 8;
    out.category = Category::Identifier;
    out.requirement = requirement;
    out.suggested = suggested;
    return out;
}

/// The surface of a face in a volume (Guideline 5.4.4).
model::Finding face(Requirement requirement = Requirement::Conditional, Action suggested = Action::Keep) {
    model::Finding out = named(requirement, suggested);
    out.rule = "image-content.facial-surface";
    out.label = "FaceSurface";
    out.category = Category::QuasiIdentifier;
    out.locator = {};
    out.locator.kind = Kind::Asset;
    return out;
}

model::Finding masked() {
    model::Finding out = named();
    out.locator = {};
    out.locator.kind = Kind::Pixels;
    out.locator.rect = {1, 2, 30, 40};
    out.locator.frames = {2, 3};
    out.suggested = Action::Mask;
    out.action = Action::Mask;
    out.state = DecisionState::Accepted;
    return out;
}

} // namespace

class TestRules : public QObject {
    Q_OBJECT

private slots:
    void leftInWithReason_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("left");
        const auto row = [](const char* name, DecisionState state, Action action, const char* reason,
                            bool left) {
            QTest::newRow(name) << static_cast<int>(state) << static_cast<int>(action)
                                << QString::fromUtf8(reason) << left;
        };
        row("rejected", DecisionState::Rejected, Action::Keep, "a book", true);
        row("rejected, whatever was to be done", DecisionState::Rejected, Action::Delete, "a book", true);
        row("rejected without a word", DecisionState::Rejected, Action::Keep, "", false);
        row("rejected with blanks", DecisionState::Rejected, Action::Keep, " \u3000", false);
        row("changed to stay", DecisionState::Changed, Action::Keep, "a book", true);
        row("changed to something else", DecisionState::Changed, Action::Shift, "a book", false);
        row("kept as the site's rule says, with its reason", DecisionState::Accepted, Action::Keep, "a rule",
            true);
        row("kept as suggested", DecisionState::Accepted, Action::Keep, "", false);
        row("kept because private elements are safe in general", DecisionState::Accepted, Action::Keep,
            "PS3.15 2024b E.3.10", false);
        row("accepted", DecisionState::Accepted, Action::Delete, "seen", false);
        row("undecided", DecisionState::Open, Action::Keep, "a rule", false);
    }
    void leftInWithReason() {
        QFETCH(int, state);
        QFETCH(int, action);
        QFETCH(QString, reason);
        QFETCH(bool, left);
        model::Finding finding = named();
        finding.state = static_cast<DecisionState>(state);
        finding.action = static_cast<Action>(action);
        finding.reason = reason.toStdString();
        QCOMPARE(decide::leftInWithReason(finding), left);
    }

    void asksToLook_data() {
        QTest::addColumn<bool>("ofPerson");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<bool>("asks");
        const QString drawn = QStringLiteral("{\"mask\":{\"shape\":\"rectangle\",\"rect\":[1,2,30,40]}}");
        QTest::newRow("5.4.3 does the picture show a face?") << false << QString() << true;
        QTest::newRow("5.4.3 a template of the device") << false << drawn << false;
        QTest::newRow("a mask of a person") << true << drawn << false;
        QTest::newRow("a rectangle of a person") << true << QString() << false;
    }
    void asksToLook() {
        QFETCH(bool, ofPerson);
        QFETCH(QString, detail);
        QFETCH(bool, asks);
        model::Finding finding = masked();
        finding.origin = ofPerson ? model::Origin::Person : model::Origin::Rule;
        finding.detail = detail.toStdString();
        QCOMPARE(decide::asksToLook(finding), asks);
        // A question has no figure that could be dragged away from what it asks about.
        QCOMPARE(decide::reshapable(finding), !asks);
    }

    void hidesMost_data() {
        QTest::addColumn<int>("origin");
        QTest::addColumn<model::Mask>("mask");
        QTest::addColumn<bool>("hides");
        const auto row = [](const char* name, model::Origin origin, model::RectPx rect,
                            std::vector<model::TrackKey> track, bool hides) {
            model::Mask mask;
            mask.rect = rect;
            mask.track = std::move(track);
            QTest::newRow(name) << static_cast<int>(origin) << mask << hides;
        };
        row("nearly all", model::Origin::Face, {10, 5, 300, 200}, {}, true);
        row("half of it", model::Origin::Face, {0, 0, 160, 240}, {}, false);
        row("drawn by a person", model::Origin::Person, {0, 0, 320, 240}, {}, false);
        row("a mask of the device", model::Origin::Device, {0, 0, 320, 240}, {}, false);
        row("a small face that goes all over", model::Origin::Face, {0, 0, 80, 80},
            {{1, {0, 0, 80, 80}}, {20, {240, 160, 80, 80}}}, false);
        row("a large one that moves", model::Origin::Face, {0, 0, 300, 220},
            {{1, {0, 0, 300, 220}}, {20, {20, 20, 300, 220}}}, true);
    }
    void hidesMost() {
        QFETCH(int, origin);
        QFETCH(model::Mask, mask);
        QFETCH(bool, hides);
        model::Finding question = masked();
        question.origin = model::Origin::Rule;
        question.detail.clear();
        question.locator.rect = {0, 0, 320, 240};
        model::Finding finding = masked();
        finding.origin = static_cast<model::Origin>(origin);
        finding.detail = decide::detailWithMask({}, mask);
        finding.locator.rect = {0, 0, 320, 240};
        QCOMPARE(decide::hidesMost(finding, question), hides);
        QVERIFY(!decide::hidesMost(finding, finding)); // no question
    }

    void stepOfGuideline49_data() {
        QTest::addColumn<int>("category");
        QTest::addColumn<int>("requirement");
        QTest::addColumn<int>("step");
        const auto row = [](const char* name, Category category, Requirement requirement, int step) {
            QTest::newRow(name) << static_cast<int>(category) << static_cast<int>(requirement) << step;
        };
        row("(4) identifier", Category::Identifier, Requirement::Required, 4);
        row("(4) identifier that may be in a comment", Category::Identifier, Requirement::Recommended, 4);
        row("(5) lot-level address", Category::QuasiIdentifier, Requirement::Required, 5);
        row("(5) face surface, to be judged", Category::QuasiIdentifier, Requirement::Conditional, 5);
        row("(6) class 1 code", Category::Code1, Requirement::Required, 6);
        row("(6) class 2 code", Category::Code2, Requirement::Required, 6);
        row("(6) credit card", Category::Financial, Requirement::Required, 6);
        row("(7) chart number", Category::LinkingCode, Requirement::Recommended, 7);
        row("(7) UID", Category::LinkingCode, Requirement::Conditional, 7);
        row("(7) telephone", Category::Contact, Requirement::Recommended, 7);
        row("(8) birth date", Category::QuasiIdentifier, Requirement::Recommended, 8);
        row("(8) sex", Category::QuasiIdentifier, Requirement::None, 8);
        row("no step", Category::None, Requirement::None, 0);
    }
    void stepOfGuideline49() {
        QFETCH(int, category);
        QFETCH(int, requirement);
        QFETCH(int, step);
        model::Finding finding;
        finding.category = static_cast<Category>(category);
        finding.requirement = static_cast<Requirement>(requirement);
        QCOMPARE(decide::stepOf(finding), step);
    }

    void requiredNeedsAReasonToStay_data() {
        QTest::addColumn<int>("requirement");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, Requirement r, DecisionState s, Action a, const char* reason,
                            bool ok) {
            QTest::newRow(name) << static_cast<int>(r) << static_cast<int>(s) << static_cast<int>(a) << reason
                                << ok;
        };
        row("accepted", Requirement::Required, DecisionState::Accepted, Action::Keep, "", true);
        row("rejected", Requirement::Required, DecisionState::Rejected, Action::Keep, "", false);
        row("rejected, blank reason", Requirement::Required, DecisionState::Rejected, Action::Keep, " \n",
            false);
        row("rejected, reason", Requirement::Required, DecisionState::Rejected, Action::Keep, "a drug", true);
        row("kept", Requirement::Required, DecisionState::Changed, Action::Keep, "", false);
        row("kept, reason", Requirement::Required, DecisionState::Changed, Action::Keep, "consent", true);
        row("changed", Requirement::Required, DecisionState::Changed, Action::Replace, "", true);
        row("recommended rejected", Requirement::Recommended, DecisionState::Rejected, Action::Keep, "",
            true);
        row("conditional kept", Requirement::Conditional, DecisionState::Changed, Action::Keep, "", true);
        row("opened again", Requirement::Required, DecisionState::Open, Action::Keep, "", true);
    }
    void requiredNeedsAReasonToStay() {
        QFETCH(int, requirement);
        QFETCH(int, state);
        QFETCH(int, action);
        QFETCH(QString, reason);
        QFETCH(bool, allowed);
        const model::Finding finding = named(static_cast<Requirement>(requirement));
        const decide::Decide edit{{finding.id},
                                  static_cast<DecisionState>(state),
                                  static_cast<Action>(action),
                                  reason.toStdString()};
        const auto after = decide::decided(finding, model::AssetKind::Text, edit, {}, "me", 7);
        QCOMPARE(after.has_value(), allowed);
        if (!allowed) {
            QCOMPARE(after.error().code, ErrorCode::ReasonRequired);
        } else if (edit.state != DecisionState::Open) {
            QCOMPARE(after->decidedBy, std::string("me"));
            QCOMPARE(after->decidedAt, 7);
        }
    }

    void aFaceStaysForAReasonOnly_data() {
        QTest::addColumn<int>("requirement");
        QTest::addColumn<int>("suggested");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, Requirement r, Action suggested, DecisionState s, Action a,
                            const char* reason, bool ok) {
            QTest::newRow(name) << static_cast<int>(r) << static_cast<int>(suggested) << static_cast<int>(s)
                                << static_cast<int>(a) << reason << ok;
        };
        using enum DecisionState;
        const auto judge = Requirement::Conditional;
        row("5.4.4 keeping accepted", judge, Action::Keep, Accepted, Action::Keep, "", false);
        row("keeping accepted, blank reason", judge, Action::Keep, Accepted, Action::Keep, " \n", false);
        row("keeping accepted, reason", judge, Action::Keep, Accepted, Action::Keep, "studied", true);
        row("removing accepted", judge, Action::Deface, Accepted, Action::Deface, "", true);
        row("removing rejected", judge, Action::Deface, Rejected, Action::Keep, "", false);
        row("removing rejected, reason", judge, Action::Deface, Rejected, Action::Keep, "studied", true);
        row("keeping rejected", judge, Action::Keep, Rejected, Action::Keep, "", false);
        row("changed to keeping", judge, Action::Deface, Changed, Action::Keep, "", false);
        row("changed to removing", judge, Action::Keep, Changed, Action::Deface, "", true);
        row("opened again", judge, Action::Keep, Open, Action::Keep, "", true);
        row("none is seen", Requirement::None, Action::Keep, Accepted, Action::Keep, "", false);
        row("recommended", Requirement::Recommended, Action::Keep, Accepted, Action::Keep, "", false);
        row("required", Requirement::Required, Action::Keep, Accepted, Action::Keep, "", false);
    }
    void aFaceStaysForAReasonOnly() {
        QFETCH(int, requirement);
        QFETCH(int, suggested);
        QFETCH(int, state);
        QFETCH(int, action);
        QFETCH(QString, reason);
        QFETCH(bool, allowed);
        const model::Finding finding =
            face(static_cast<Requirement>(requirement), static_cast<Action>(suggested));
        const decide::Decide edit{{finding.id},
                                  static_cast<DecisionState>(state),
                                  static_cast<Action>(action),
                                  reason.toStdString()};
        const auto after = decide::decided(finding, model::AssetKind::DicomSeries, edit, {}, "me", 7);
        QCOMPARE(after.has_value(), allowed);
        QCOMPARE(decide::lacksReason(finding, edit, {}), !allowed);
        if (!allowed) {
            QCOMPARE(after.error().code, ErrorCode::ReasonRequired);
        }
    }

    void theReasonOfAPolicyHoldsForFacesToo() {
        const decide::Decide accept{{{1}}, DecisionState::Accepted, Action::Keep, ""};
        const decide::Decide reject{{{1}}, DecisionState::Rejected, Action::Keep, ""};
        model::Policy policy;
        policy.overrides[face().rule] = {Action::Keep, "ethics board 12"};
        QVERIFY(!decide::lacksReason(face(), accept, policy));
        QCOMPARE(decide::decided(face(), model::AssetKind::Volume, accept, policy, "", 1)->reason,
                 std::string("ethics board 12"));
        QVERIFY(decide::lacksReason(face(), reject, policy)); // against the policy: for a reason of one's own
        policy.overrides[face().rule] = {Action::Deface, "none leaves"};
        QVERIFY(decide::lacksReason(face(), accept, policy)); // none was seen, so that it is to be kept
    }

    void acceptedTakesTheSuggestion() {
        const auto after = decide::decided(named(), model::AssetKind::Text,
                                           {{{1}}, DecisionState::Accepted, Action::Shift, ""}, {}, "", 1);
        QCOMPARE(after->action, Action::Delete);
        QCOMPARE(after->effective(), Action::Delete);
    }

    void reasonOfThePolicyCounts() {
        const model::Finding finding = named(Requirement::Required, Action::Keep);
        const decide::Decide edit{{finding.id}, DecisionState::Accepted, Action::Keep, ""};
        QVERIFY(!decide::decided(finding, model::AssetKind::Text, edit, {}, "", 1));
        model::Policy policy;
        policy.overrides[finding.rule] = {Action::Keep, "ethics board 12"};
        QCOMPARE(decide::decided(finding, model::AssetKind::Text, edit, policy, "", 1)->reason,
                 std::string("ethics board 12"));
        model::Finding safe = finding;
        safe.rule = "dicom.private-attributes";
        QVERIFY(!decide::decided(safe, model::AssetKind::DicomSeries, edit, {}, "", 1));
        model::Policy option;
        option.options = {"safe-private"};
        QCOMPARE(decide::decided(safe, model::AssetKind::DicomSeries, edit, option, "", 1)->reason,
                 std::string("PS3.15 2024b E.3.10"));
    }

    void impossibleActionsAreRefused() {
        const decide::Decide mask{{{1}}, DecisionState::Changed, Action::Mask, ""};
        const auto after = decide::decided(named(), model::AssetKind::Text, mask, {}, "", 1);
        QCOMPARE(after.error().code, ErrorCode::NotPossible);
        QCOMPARE(after.error().args, std::vector<std::string>{"mask"});
        model::Finding face = named(Requirement::Conditional, Action::Keep);
        face.locator = {};
        const auto actions = [&](model::AssetKind kind) { return decide::possibleActions(face, kind); };
        QVERIFY(std::ranges::count(actions(model::AssetKind::DicomSeries), Action::Deface) == 0);
        QVERIFY(std::ranges::count(actions(model::AssetKind::Text), Action::Deface) == 0);
        model::Finding name = face; // metadata of pictures and names of files go in any case
        for (const auto kind : {model::Locator::Kind::Metadata, model::Locator::Kind::FileName}) {
            name.locator.kind = kind;
            name.suggested = Action::Delete;
            QCOMPARE(decide::possibleActions(name, model::AssetKind::Image), std::vector{Action::Delete});
        }
        face.suggested = Action::Synthesise; // what is suggested is always on offer
        QVERIFY(std::ranges::count(actions(model::AssetKind::Text), Action::Synthesise) == 1);
    }

    void findingOfAPersonIsChecked() {
        model::Finding finding = named();
        finding.origin = model::Origin::Rule;
        finding.state = DecisionState::Accepted;
        const auto added = decide::added(finding, model::AssetKind::Text, "me", 5);
        QCOMPARE(added->origin, model::Origin::Person);
        QCOMPARE(added->decidedBy, std::string("me"));
        QVERIFY(decide::removable(*added) && !decide::removable(finding));
        finding.locator.end = finding.locator.start;
        QCOMPARE(decide::added(finding, model::AssetKind::Text, "me", 5).error().code,
                 ErrorCode::InvalidArgument);
        model::Finding mask = masked();
        QVERIFY(decide::added(mask, model::AssetKind::Image, "me", 5));
        mask.locator.rect.width = 0;
        QCOMPARE(decide::added(mask, model::AssetKind::Image, "me", 5).error().code,
                 ErrorCode::InvalidArgument);
    }

    void maskComesFromDetailElseFromTheRectangle() {
        model::Finding finding = masked();
        QCOMPARE(decide::maskOf(finding)->rect, (model::RectPx{1, 2, 30, 40}));
        QCOMPARE(decide::maskOf(finding)->frames, (model::FrameRange{2, 3}));
        model::Mask ellipse;
        ellipse.shape = model::Mask::Shape::Ellipse;
        ellipse.rect = {5, 6, 7, 8};
        finding.detail = decide::detailWithMask(R"({"note":1})", ellipse);
        QCOMPARE(decide::maskOf(finding)->shape, model::Mask::Shape::Ellipse);
        QCOMPARE(decide::maskOf(finding)->rect, (model::RectPx{5, 6, 7, 8}));
        QVERIFY(finding.detail.find("note") != std::string::npos);
        finding.detail = "{";
        QCOMPARE(decide::maskOf(finding).error().code, ErrorCode::Malformed);
        finding.detail = R"({"mask":{"shape":"star"}})";
        QCOMPARE(decide::maskOf(finding).error().code, ErrorCode::Malformed);
    }

    void masksInForceOnAFrame() {
        std::vector findings{masked(), masked(), masked()};
        findings[1].state = DecisionState::Rejected;
        findings[2].locator.frames = {};
        const auto count = [&](int frame) {
            return static_cast<int>(decide::masksOf(findings, frame)->size());
        };
        QCOMPARE(count(0), 2);
        QCOMPARE(count(1), 1);
        QCOMPARE(count(2), 2);
        findings[0].detail = "x"; // never left out in silence
        QVERIFY(!decide::masksOf(findings, 1));
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "TestRules.moc"
