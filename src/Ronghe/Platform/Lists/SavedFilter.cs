using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Ronghe.Platform.Lists;

/// <summary>What a list was asked for, under a name that its person gave it. Others share it by its address.</summary>
public sealed class SavedFilter
{
    public const int LongestName = 30, LongestQuery = 1500, Most = 30;

    SavedFilter() { }

    public SavedFilter(Guid personId, string list, string name, string? query, bool isDefault)
    {
        (PersonId, List, Name, Query, IsDefault) = (personId, list, name.Trim(), Words(query), isDefault);
        if (Name == "") throw new Refusal("请给这个筛选起个名字，例如“本周超期”。", nameof(Name));
        if (Name.Length > LongestName) throw new Refusal($"名字超过 {LongestName} 个字，没有保存，填写的还在。请起个短一点的名字。", nameof(Name));
        if (Query == "") throw new Refusal("现在没有任何筛选条件，没有可以保存的。请先在列表里筛选，再来保存。");
        if (Query.Length > LongestQuery) throw new Refusal("筛选条件太长，没有保存。请减少几个条件再试。");
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string List { get; private init; } = "";
    public string Name { get; private init; } = "";
    /// <summary>The words of the address behind the question mark, without the place within the list.</summary>
    public string Query { get; private set; } = "";
    /// <summary>The list opens with it when nothing else is asked for.</summary>
    public bool IsDefault { get; set; }

    public void Restate(SavedFilter other) => (Query, IsDefault) = (other.Query, other.IsDefault);

    /// <summary>One order of words and one way of writing them, so that two addresses of one list are the same text.</summary>
    public static string Words(string? query)
    {
        var words = QueryHelpers.ParseQuery(query)
            .Where(word => word.Key is not ("after" or "before" or "handler" or "all" or "theme" or "text" or "ids"))
            .OrderBy(word => word.Key, StringComparer.Ordinal)
            .SelectMany(word => word.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => KeyValuePair.Create(word.Key, value!)));
        return new QueryBuilder(words).ToString().TrimStart('?');
    }
}

/// <summary>Which columns of a list a person leaves out.</summary>
public sealed class ListColumns
{
    public Guid PersonId { get; init; }
    public string List { get; init; } = "";
    /// <summary>Headings, one on each line.</summary>
    public string Hidden { get; set; } = "";
}
