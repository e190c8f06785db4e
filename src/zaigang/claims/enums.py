from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Eligible(TextChoices):
    """The answer to "am I due unemployment benefit". No answer is final: a person decides."""

    YES = "yes", _("可以领取")
    NO = "no", _("这次还不能领取")
    UNDECIDED = "undecided", _("还不能决定")


class Confidence(TextChoices):
    """How well a value of the law is known."""

    VERIFIED = "verified", _("已核实")
    INFERRED = "inferred", _("推断")
    UNVERIFIED = "unverified", _("未核实")
    MISSING = "missing", _("缺")


class Obstacle(TextChoices):
    """Codes of the engine's reasons that stand between a person and a yes, in few words for lists."""

    FACTS_NOT_USABLE = "facts_not_usable", _("资料互相矛盾")
    CONTRIBUTED_TOO_LITTLE = "contributed_too_little", _("缴费不满1年")
    CONTRIBUTIONS_UNKNOWN = "contributions_unknown", _("缴费月数不清楚")
    VOLUNTARY = "voluntary", _("本人要求离开")
    ENDING_FOR_PERSON = "ending_for_person", _("终止原因要人判断")
    ENDING_UNKNOWN = "ending_unknown", _("终止原因不清楚")
    LEFT_UNKNOWN = "left_unknown", _("合同最后一天不清楚")
    REGISTRATION_UNKNOWN = "registration_unknown", _("登记日期不清楚")
    CLAIMED_LATE = "claimed_late", _("超过申领时限")
    WINDOW_MISSING = "window_missing", _("申领时限没有查到")
    ABOVE_AGE = "above_age_for_person", _("已到退休年龄")
    CATEGORY_MATTERS = "category_matters", _("退休类别不清楚")
    BORN_UNKNOWN = "born_unknown", _("出生日期不清楚")
    DRAWS_PENSION = "draws_pension", _("已领养老金")
    STOPPED_BEFORE = "stopped_before", _("已经停领")
    STOPPED_FOR_PERSON = "stopped_before_for_person", _("是否停领要人判断")
    RULE_MISSING = "rule_missing", _("当地规定没有查到")


class Verb(TextChoices):
    FIRST_DECIDED = "claims.first_decided", _("首次测算")
    LAW_LOADED = "claims.law_loaded", _("载入规定，等另一人确认")
    LAW_IN_FORCE = "claims.law_in_force", _("确认规定，开始施行")
    LAW_WITHDRAWN = "claims.law_withdrawn", _("撤回还没有施行的规定")
    LAW_APPLIED = "claims.law_applied", _("规定变了，全部重新测算完")
    REDECIDED = "claims.redecided", _("规定变了，重新测算")
    CLAIM_REDECIDED = "claims.claim_redecided", _("规定变了，申领重新核定")
    FACTS_FIXED = "claims.facts_fixed", _("录入经办机构核定的月数")
    REGISTERED = "claims.registered", _("办了失业登记")
    CLAIMED = "claims.claimed", _("申领失业保险金")
    CHECKED = "claims.checked", _("申领已复核")
    GRANTED = "claims.granted", _("申领已审批，可以发放")
    REFUSED = "claims.refused", _("申领已审批，这次不发放")
    RETURNED = "claims.returned", _("申领退回经办人")
    RESUBMITTED = "claims.resubmitted", _("申领改好再交")
    RELEASED = "claims.released", _("放行一个月的失业保险金")
    LISTED = "claims.listed", _("列入发放名册")
    BACK_PAY_LISTED = "claims.back_pay_listed", _("补发的差额列入发放名册")
    STOPPED = "claims.stopped", _("停发失业保险金")
    STOP_UNDONE = "claims.stop_undone", _("更正：恢复发放")
    MONTHLY_RULE_SET = "claims.monthly_rule_set", _("改了月度办理的规则")
    STOP_WITHDRAWN = "claims.stop_withdrawn", _("更正：撤销停发，申领没有在发放")
    SUSPENDED = "claims.suspended", _("暂缓发放，等核实")
    PROLONGED = "claims.prolonged", _("延长暂缓发放")
    LIFTED = "claims.lifted", _("核实完，继续发放")
    RESUMED = "claims.resumed", _("再次失业，接着领剩下的月数")
    CARRIED = "claims.carried", _("剩下的月数转到新的申领")
    CARRY_UNDONE = "claims.carry_undone", _("更正：剩下的月数不转")
    REFUSAL_NOTED = "claims.refusal_noted", _("记下没有接受介绍的工作或者培训")
    REFUSAL_HEARD = "claims.refusal_heard", _("听取了本人的说明")
    REFUSAL_CONFIRMED = "claims.refusal_confirmed", _("另一人核定：没有正当理由")
    REFUSAL_DROPPED = "claims.refusal_dropped", _("另一人核定：不影响领取")
    CORRECTED = "claims.corrected", _("更正事实，重新核定")
    CORRECTION_MADE = "claims.correction_made", _("提出更正，等复核")
    CORRECTION_CHECKED = "claims.correction_checked", _("更正已复核")
    CORRECTION_DROPPED = "claims.correction_dropped", _("更正没有通过")
    GRANT_WITHDRAWN = "claims.grant_withdrawn", _("更正：这次不发放")
    APPEALED = "claims.appealed", _("本人不同意，要求再看")
    APPEAL_ANSWERED = "claims.appeal_answered", _("答复了本人的不同意见")
    APPEAL_WITHDRAWN = "claims.appeal_withdrawn", _("本人收回不同意见")
    OVERPAID = "claims.overpaid", _("查出多发")
    OVERPAID_LESS = "claims.overpaid_less", _("更正：多发的没有那么多")
    OVERPAID_NOTIFIED = "claims.overpaid_notified", _("把多发的事告诉了本人")
    OVERPAID_AGREED = "claims.overpaid_agreed", _("和本人说好怎么退")
    OVERPAID_REPAID = "claims.overpaid_repaid", _("收到退回的款")
    OVERPAID_WRITTEN_OFF = "claims.overpaid_written_off", _("多发的款由人决定不再追")


class Outcome(TextChoices):
    """What the clerk decided on a claim. The engine proposes; a person decides."""

    GRANT = "grant", _("同意发放")
    REFUSE = "refuse", _("这次不发放")
    HOLD = "hold", _("先收下，还不能定")


class ClaimState(TextChoices):
    """How many of the signatures a claim has. Money is released only after the last."""

    MADE = "made", _("已受理，等复核")
    CHECKED = "checked", _("已复核，等审批")
    APPROVED = "approved", _("已审批")
    RETURNED = "returned", _("退回经办人")


class PaymentState(TextChoices):
    """One month of one claim. A held month waits while something is checked; nothing of it is lost."""

    PLANNED = "planned", _("计划发放")
    RELEASED = "released", _("已放行")
    LISTED = "listed", _("已列入名册")
    STOPPED = "stopped", _("停发")
    HELD = "held", _("暂缓")


class Life(TextChoices):
    """Whether the months of a claim run. `claims.life` says which act leads from where to where."""

    RUNNING = "running", _("没有停")
    SUSPENDED = "suspended", _("暂缓发放")
    STOPPED = "stopped", _("停发")
    CARRIED = "carried", _("剩下的月数转到新的申领")


class Act(TextChoices):
    """What happens in the life of a claim."""

    SUSPEND = "suspend", _("暂缓发放")
    PROLONG = "prolong", _("延长暂缓")
    LIFT = "lift", _("继续发放")
    STOP = "stop", _("停发")
    UNDO_STOP = "undo_stop", _("更正：停错了，恢复")
    RESUME = "resume", _("再次失业，接着领")
    CARRY = "carry", _("剩下的月数转到新的申领")
    UNDO_CARRY = "undo_carry", _("更正：不转")
    CORRECT = "correct", _("更正事实，重新核定")


class SuspendReason(TextChoices):
    """What is being checked while the months wait."""

    MAYBE_WORKING = "maybe_working", _("查到参保或用工记录，要核实")
    MAYBE_PENSION = "maybe_pension", _("可能已领养老金，要核实")
    UNREACHABLE = "unreachable", _("联系不上本人，要核实")
    ACCOUNT_WRONG = "account_wrong", _("银行退票，账户要核对")
    PAPERS_DOUBTED = "papers_doubted", _("材料有疑问，要核实")
    OTHER = "other", _("其他要核实的")


class RefusalState(TextChoices):
    """A refused offer is noted by one person and judged by another; the worker may be heard between."""

    NOTED = "noted", _("已记下，等另一人核定")
    CONFIRMED = "confirmed", _("核定：没有正当理由，停发")
    DROPPED = "dropped", _("核定：不影响领取")


class OfferKind(TextChoices):
    WORK = "work", _("工作")
    TRAINING = "training", _("培训")


class StopReason(TextChoices):
    """Why benefit stops, as the benefit status of the certificate names it (社会保险法 art. 51)."""

    REEMPLOYED = "41", _("重新就业")
    CONSCRIPTED = "42", _("应征服兵役")
    EMIGRATED = "43", _("移居境外")
    PENSION = "44", _("享受基本养老保险待遇")
    IMPRISONED = "45", _("被判刑收监执行")
    REFUSED_WORK = "46", _("无正当理由，拒不接受介绍的适当工作或者培训")
    OTHER = "47", _("法律规定的其他情形")
    DIED = "90", _("去世")


class Presence(TextChoices):
    """Who stood at the window. The clerk types for the worker either way, and that is marked."""

    IN_PERSON = "in_person", _("本人到场")
    BY_AGENT = "by_agent", _("代办人到场")


class DownloadReason(TextChoices):
    """What a payment list with whole numbers is needed for."""

    PAY_BANK = "pay_bank", _("交银行发放")
    CHECK_WITH_AGENCY = "check_with_agency", _("与社保经办机构核对")
    AUDIT = "audit", _("审计检查")


class Attention(TextChoices):
    """Why a month of somebody's wants a person, or does not go out yet."""

    UNKNOWN = "unknown", _("金额没有查到，不能放行")
    EXTENSION = "extension", _("延长到退休的月份，要人核对后放行")
    WITHIN_BOUND = "within_bound", _("月数只有上限，要人核对后放行")
    HELD = "held", _("暂缓发放，在核实")
    RETIRING = "retiring", _("这个月或下个月到退休年龄，请告诉本人去办")
    UNSIGNED = "unsigned", _("申领还没有审批")
    DUE = "due", _("可以放行，还没有放行")
    AFTER_CUT_OFF = "after_cut_off", _("截止日以后审批的，下个月发")


class LawState(TextChoices):
    """One version of one territory's parameter file. `claims.law.states` says who leads from where to where."""

    DRAFT = "draft", _("等另一人确认")
    IN_FORCE = "in_force", _("施行中")
    SUPERSEDED = "superseded", _("已被后来的代替")
    WITHDRAWN = "withdrawn", _("没有施行，已撤回")


class RunKind(TextChoices):
    PREVIEW = "preview", _("试算")
    APPLY = "apply", _("重新测算")


class About(TextChoices):
    """What of a person changes: the first decision from the roster, or the claim."""

    DECISION = "decision", _("首次测算")
    CLAIM = "claim", _("申领")


class Change(TextChoices):
    """How the law's change reaches a person; several may hold."""

    ELIGIBILITY = "eligibility", _("能不能领")
    MONTHS = "months", _("月数")
    AMOUNT = "amount", _("每月金额")
    BACK_PAY = "back_pay", _("要补发差额")
    OVERPAID = "overpaid", _("以前多发了")
    WORDING = "wording", _("只是依据或说明")


class NeedsPerson(TextChoices):
    """Why a person decides instead of the job, or after it."""

    DIFFERS = "differs", _("经办人另作的决定，不自动改")
    STOPPED = "stopped", _("已经停发，不自动改")
    APPEAL = "appeal", _("本人不同意，还没有答复，不自动改")
    OUTCOME = "outcome", _("结论变了，要人重新决定")
    FEWER = "fewer", _("月数变少了，不自动减")
    UNKNOWN = "unknown", _("有的月份金额不清楚了")
    OVERPAID = "overpaid", _("以前多发了，不自动扣")
    OWN = "own", _("确认人自己的档案，要别人办")


class BackPayState(TextChoices):
    RELEASED = "released", _("等下一份名册")
    LISTED = "listed", _("已列入名册")
    DROPPED = "dropped", _("更正以后不补了")


class Curve(TextChoices):
    """How those who have not registered yet are assumed to come."""

    PACE = "pace", _("照最近四周的速度来登记")
    NEXT_MONTH = "next_month", _("下个月全都来登记")
    SHARE = "share", _("每个月来剩下的人的一部分")


class OverpaidGround(TextChoices):
    """Why money went out that was not due."""

    STOPPED = "stopped", _("停领以后的月份已经发了")
    CORRECTED = "corrected", _("更正以后应发的少了")


class OverpaidState(TextChoices):
    """How far the return of what was paid too much has come. Nothing is ever taken off a payment by itself."""

    FOUND = "found", _("查出来了，还没有告诉本人")
    NOTIFIED = "notified", _("告诉了本人")
    AGREED = "agreed", _("说好了怎么退")
    REPAID = "repaid", _("退清了")
    WRITTEN_OFF = "written_off", _("由人决定不再追")
    WITHDRAWN = "withdrawn", _("更正：没有多发")


class Repaying(TextChoices):
    """How the money comes back, in the engine's words."""

    RETURN = "return", _("一次退清")
    INSTALMENTS = "instalments", _("分期退")
    SET_OFF = "set_off", _("从以后的月份里抵")


class CorrectionState(TextChoices):
    """A fact put right after approval moves money: it needs the signatures anew."""

    MADE = "made", _("已提出，等复核")
    CHECKED = "checked", _("已复核，等审批")
    APPROVED = "approved", _("已审批，照新的办")
    DROPPED = "dropped", _("没有通过")


class AppealAbout(TextChoices):
    """What somebody disagrees with."""

    DECISION = "decision", _("能不能领、领几个月、每月多少")
    STOP = "stop", _("停发或者暂缓")
    OVERPAID = "overpaid", _("多发要退的")
    OTHER = "other", _("别的")


class AppealState(TextChoices):
    RECEIVED = "received", _("收到，等答复")
    UPHELD = "upheld", _("答复：维持原来的")
    CHANGED = "changed", _("答复：原来的要改")
    WITHDRAWN = "withdrawn", _("本人收回")
