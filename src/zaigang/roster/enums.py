from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where somebody stands. The codes are those of the funnel; later stages set theirs with the act that moves."""

    AWAITING_REPAIR = "awaiting_repair", _("待补正")
    NOT_REACHED = "not_reached", _("还没联系上")
    REGISTERED = "registered", _("已失业登记")
    CLAIMING = "claiming", _("在领失业保险金")
    RETIRED = "retired", _("已退休")
    LEFT_LABOUR_FORCE = "left_labour_force", _("不再就业")
    DUPLICATE = "duplicate", _("重复，已并入另一行")
    WITHDRAWN = "withdrawn", _("不是一个人，已撤下")


#: States of rows that turned out not to be a person of their own.
NOT_A_PERSON = (CaseState.DUPLICATE, CaseState.WITHDRAWN)


class LeftBecause(TextChoices):
    """Why the contract ended, in the codes of the entitlement engine."""

    CONTRACT_EXPIRED = "contract_expired", _("合同期满，单位没有续签")
    DISMISSED_NO_FAULT = "dismissed_no_fault", _("单位解除，本人无过失")
    DISMISSED_FAULT = "dismissed_fault", _("单位解除，本人有过失")
    EMPLOYER_PROPOSED_AGREEMENT = "employer_proposed_agreement", _("单位提出，协商一致解除")
    LAYOFF = "layoff", _("经济性裁员")
    CLOSURE = "closure", _("单位关闭、破产或提前解散")
    RESIGNED = "resigned", _("本人辞职")
    RESIGNED_FOR_CAUSE = "resigned_for_cause", _("因单位过错，本人解除")
    OTHER = "other", _("其他")


class Sex(TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class LifeEventKind(TextChoices):
    """What ends somebody's claim to register, whatever the roster says."""

    DIED = "died", _("去世")
    PENSION = "pension", _("已领养老金")


class FileState(TextChoices):
    CHECKED = "checked", _("已核对，还没导入")
    IMPORTED = "imported", _("已导入")


class Outcome(TextChoices):
    OK = "ok", _("可用")
    WARNING = "warning", _("可用，请看一眼")
    DUPLICATE = "duplicate", _("重复")
    ERROR = "error", _("要改")


class Proposal(TextChoices):
    """What importing a row will do."""

    NEW = "new", _("新增")
    MATCHED = "matched", _("已有，没有变化")
    CHANGED = "changed", _("已有，有变化")
    DUPLICATE = "duplicate", _("文件内重复")
    AWAITING_REPAIR = "awaiting_repair", _("进补正清单")


class Verb(TextChoices):
    CLOSURE_OPENED = "roster.closure_opened", _("登记关停分流")
    FILE_IMPORTED = "roster.file_imported", _("导入花名册")
    CASE_OPENED = "roster.case_opened", _("列入花名册")
    ROW_REFUSED = "roster.row_refused", _("花名册有一行要补正")
    ROW_CORRECTED = "roster.row_corrected", _("改了一处，还没改好")
    ROW_REPAIRED = "roster.row_repaired", _("补正完成，列入花名册")
    ROW_FOUND_DUPLICATE = "roster.row_found_duplicate", _("补正时发现与另一行是同一人")
    ROW_WITHDRAWN = "roster.row_withdrawn", _("这一行不是一个人，撤下")
    DUPLICATE_SEEN = "roster.duplicate_seen", _("花名册里又出现一次")
    CASE_CHANGED = "roster.case_changed", _("花名册内容有更新")
    CASES_MERGED = "roster.cases_merged", _("与另一份档案合并")
    ABSORBED = "roster.absorbed", _("并入了另一份档案")
    DIED = "roster.died", _("记下本人已去世")
    DRAWS_PENSION = "roster.draws_pension", _("记下本人已领养老金")
    DEATH_UNDONE = "roster.death_undone", _("更正：本人没有去世")
    PENSION_UNDONE = "roster.pension_undone", _("更正：本人没有领养老金")
