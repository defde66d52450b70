using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>What a staff roster looks like, in one sheet or with the Party members in a second one.</summary>
static class RosterSpec
{
    public const string
        Number = "number", Name = "name", Gender = "gender", Born = "born", Ethnicity = "ethnicity", Department = "department", Crew = "crew",
        Position = "position", JobTitle = "jobTitle", Employment = "employment", WorkStarted = "workStarted", Education = "education",
        Qualification = "qualification", Phone = "phone", Presence = "presence", Left = "left",
        Status = "status", Branch = "branch", Group = "group", PartyPost = "partyPost", Joined = "joined", Confirmed = "confirmed";

    static readonly ColumnSpec NumberColumn = new(Number, "工号")
    {
        Aliases = ["员工编号", "职工号", "职工编号", "人员编号", "员工号", "人员编码", "员工工号", "编号"], Required = true, Kind = ColumnKind.Code,
        Explanation = "全公司唯一，按文本填写，前面的 0 不要丢", Example = "000123",
    };

    static readonly ColumnSpec NameColumn = new(Name, "姓名")
    {
        Aliases = ["员工姓名", "职工姓名", "名字"], Required = true, Kind = ColumnKind.Person, Example = "张三",
    };

    static readonly ColumnSpec[] MemberColumns =
    [
        new(Status, "政治面貌") { Aliases = ["政治身份", "党员类别", "党员类型"], Kind = ColumnKind.Choice, Options = OrganisationWords.StatusOptions, Example = "中共党员" },
        new(Branch, "所在党支部") { Aliases = ["党支部", "所属党支部", "党支部名称", "组织关系所在支部"], Explanation = "党员所在或培养所在的党支部，写组织机构表里的名称", Example = "发电一部党支部" },
        new(Group, "党小组") { Aliases = ["所在党小组", "所属党小组"], Example = "第一党小组" },
        new(PartyPost, "党内职务") { Aliases = ["党内任职", "支部职务", "党内岗位"], Explanation = "多个职务用顿号隔开", Example = "组织委员、宣传委员" },
        new(Joined, "入党时间") { Aliases = ["入党日期", "入党年月", "加入党组织日期"], Kind = ColumnKind.Date, Example = "2012-06-28" },
        new(Confirmed, "转正时间") { Aliases = ["转正日期", "转为正式党员日期"], Kind = ColumnKind.Date, Explanation = "预备党员不填", Example = "2013-06-28" },
    ];

    public static readonly SheetSpec People = new("people", "员工花名册",
    [
        NumberColumn, NameColumn,
        new(Gender, "性别") { Kind = ColumnKind.Choice, Options = ["男", "女"], Example = "男" },
        new(Born, "出生年月") { Aliases = ["出生日期", "生日", "出生时间"], Kind = ColumnKind.Month, Example = "1985-06" },
        new(Ethnicity, "民族") { Aliases = ["族别"], Example = "汉族" },
        new(Department, "部门")
        {
            Aliases = ["所在部门", "所属部门", "部门名称", "部室", "单位", "所在单位", "单位部门", "车间"], Required = true,
            Explanation = "写组织机构表里的名称", Example = "发电一部",
        },
        new(Crew, "班组") { Aliases = ["所在班组", "所属班组", "班组名称", "班值", "值别", "值班组"], Explanation = "不在班组的填 / 或留空", Example = "运行一值" },
        new(Position, "岗位") { Aliases = ["岗位名称", "工作岗位", "现岗位"], Example = "主值班员" },
        new(JobTitle, "职务") { Aliases = ["行政职务", "现任职务", "担任职务"], Explanation = "班长、主任等；没有的留空", Example = "班长" },
        new(Employment, "用工形式") { Aliases = ["用工性质", "用工类别", "用工方式", "合同类型"], Example = "劳动合同制" },
        new(WorkStarted, "参加工作时间") { Aliases = ["参加工作日期", "参加工作年月", "参工时间", "工作时间"], Kind = ColumnKind.Month, Example = "2008-07" },
        new(Education, "学历") { Aliases = ["文化程度", "最高学历"], Example = "本科" },
        new(Qualification, "职称/技能等级") { Aliases = ["职称", "技能等级", "专业技术资格", "职业技能等级", "专业技术职务", "职称或技能等级"], Example = "高级工" },
        .. MemberColumns,
        new(Phone, "手机号") { Aliases = ["手机", "手机号码", "联系电话", "电话", "联系方式"], Kind = ColumnKind.Phone, Example = "19900000000" },
        new(Presence, "人员状态")
        {
            Aliases = ["在职状态", "在岗状态", "在册状态", "员工状态", "职工状态"], Exact = true, Kind = ColumnKind.Choice, Options = RosterPresence.Options,
            Explanation = "没有这一列就都算在岗；已离开的人只作历史记录，不给任职", Example = "在岗",
        },
        new(Left, "离开日期") { Aliases = ["离职日期", "离职时间", "退休日期", "退休时间", "离厂日期", "调离日期"], Exact = true, Kind = ColumnKind.Date, Explanation = "在岗的不填", Example = "" },
    ]) { NameHints = ["花名册", "员工", "职工", "人员"] };

    /// <summary>A second sheet with Party facts only; its rows belong to the people of the first by number.</summary>
    public static readonly SheetSpec Members = new("members", "党员名册",
    [
        NumberColumn, NameColumn with { Required = false }, .. MemberColumns.Select(column => column with { Required = column.Key == Branch }),
    ])
    {
        NameHints = ["党员"],
    };
}
