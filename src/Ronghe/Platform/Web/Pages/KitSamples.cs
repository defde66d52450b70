using Ronghe.Platform.Web.Parts;

namespace Ronghe.Platform.Web.Pages;

/// <summary>True-looking rows for the page that shows every part.</summary>
static class KitSamples
{
    public sealed record Row(string Number, string What, string Place, bool Major, string Source, string Person, DateOnly DueOn, string Status, string? Word);

    public static readonly Row[] Rows =
    [
        new("YH-2026-0381", "2 号炉给煤机平台护栏松动，焊口开裂约 3 cm", "锅炉 8 米层", false, "党员监督台", "李建国", new(2026, 11, 19), "rectified", null),
        new("YH-2026-0380", "输煤栈桥 3 号皮带尾部照明缺失", "输煤栈桥", false, "随手拍", "赵学军", new(2026, 11, 25), "assigned", null),
        new("YH-2026-0378", "尿素溶液储罐区防护堤有裂缝", "脱硝区", false, "主题党日", "孙丽萍", new(2026, 11, 24), "assigned", null),
        new("YH-2026-0375", "3 号给水泵机械密封渗漏", "汽机 0 米", false, "日常排查", "刘志强", new(2026, 11, 17), "overdue", "超期 3 天"),
        new("YH-2026-0371", "电缆夹层防火封堵脱落两处", "电气夹层", true, "专项检查", "马宏伟", new(2026, 11, 28), "assigned", null),
        new("YH-2026-0369", "化水间地沟盖板缺口", "化水车间", false, "随手拍", "何静", new(2026, 11, 15), "verified", null),
        new("YH-2026-0366", "脚手架验收牌过期仍在使用", "2 号机检修区", false, "四不两直", "韩东", new(2026, 11, 13), "closed", null),
        new("YH-2026-0362", "主变油坑卵石层厚度不足", "升压站", false, "风险研判", "马宏伟", new(2025, 12, 30), "closed", null),
    ];

    public static readonly Option[] Statuses =
        [new("reported", "待派发"), new("assigned", "整改中"), new("rectified", "待复核"), new("verified", "待确认"), new("closed", "已关闭")];

    public static readonly Option[] Sources = [new("watch", "党员监督台"), new("snap", "随手拍"), new("theme", "主题党日"), new("spot", "四不两直")];

    public static readonly Option[] Urgency =
        [new("normal", "一般", Icon: "flag"), new("danger", "马上有危险", "会立即通知值长", "urgent")];

    public static readonly Photo[] Before = [new("/kit/before.svg", "/kit/before.svg", "整改前 11-16 09:12 王磊")];
    public static readonly Photo[] After = [new("/kit/after.svg", "/kit/after.svg", "整改后 11-19 16:40 李建国")];

    static readonly Pick[] Staff =
    [
        new(Guid.Parse("01920000-0000-7000-8000-000000000001"), "李建国", "10086 · 锅炉班"),
        new(Guid.Parse("01920000-0000-7000-8000-000000000002"), "李建平", "10231 · 汽机班"),
        new(Guid.Parse("01920000-0000-7000-8000-000000000003"), "周志远", "10007 · 发电一部"),
        new(Guid.Parse("01920000-0000-7000-8000-000000000004"), "陈晓燕", "10412 · 化学班"),
        new(Guid.Parse("01920000-0000-7000-8000-000000000005"), "马宏伟", "10118 · 电气班"),
    ];

    public static readonly PickerSource People = new("kit-people", "人员", (_, q, _) =>
        Task.FromResult<IReadOnlyList<Pick>>([.. Staff.Where(p => q is "" || p.Text.Contains(q, StringComparison.Ordinal) || p.Detail!.StartsWith(q, StringComparison.Ordinal))]));
}
