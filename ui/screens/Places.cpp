#include "ui/screens/Places.h"

#include "ui/screens/audit/AuditScreen.h"
#include "ui/screens/confirm/ConfirmScreen.h"
#include "ui/screens/face/FaceScreen.h"
#include "ui/screens/home/HomeScreen.h"
#include "ui/screens/people/PeopleScreen.h"
#include "ui/screens/policy/PolicyScreen.h"
#include "ui/screens/release/ReleaseScreen.h"
#include "ui/screens/risk/RiskScreen.h"
#include "ui/screens/settings/SettingsScreen.h"
#include "ui/screens/work/WorkScreen.h"

namespace kamei::ui::screens {
namespace {

template <class Kind> shell::Place make(shell::AppContext& context) {
    auto* screen = new Kind(context);
    return {screen, [screen](const shell::Route& route) { screen->enter(route); }};
}

} // namespace

shell::Place makePlace(shell::ScreenId screen, shell::AppContext& context) {
    switch (screen) {
    case shell::ScreenId::Home:
        return make<HomeScreen>(context);
    case shell::ScreenId::People:
        return make<PeopleScreen>(context);
    case shell::ScreenId::Work:
        return make<work::WorkScreen>(context);
    case shell::ScreenId::Risk:
        return make<RiskScreen>(context);
    case shell::ScreenId::Confirm:
        return make<confirm::ConfirmScreen>(context);
    case shell::ScreenId::Release:
        return make<ReleaseScreen>(context);
    case shell::ScreenId::Audit:
        return make<AuditScreen>(context);
    case shell::ScreenId::Policy:
        return make<policy::PolicyScreen>(context);
    case shell::ScreenId::Settings:
        return make<SettingsScreen>(context);
    case shell::ScreenId::Face:
        return make<face::FaceScreen>(context);
    }
    return {};
}

} // namespace kamei::ui::screens
