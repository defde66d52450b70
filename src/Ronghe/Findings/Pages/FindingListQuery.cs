using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Ronghe.Findings.Pages;

/// <summary>What the address of a list asks for; list, export and print read the same words.</summary>
public sealed class FindingListQuery
{
    public Guid? Unit { get; set; }
    public FindingStatus? Status { get; set; }
    public FindingSource? Source { get; set; }
    public FindingGrade? Grade { get; set; }
    public string? Category { get; set; }
    public Guid? Place { get; set; }
    public DateOnly? Due { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
    [FromQuery(Name = "q")]
    public string? Text { get; set; }
    public bool Open { get; set; }
    public bool Overdue { get; set; }
    public bool Supervised { get; set; }
    public bool Mine { get; set; }
    public bool Waiting { get; set; }
    public string? After { get; set; }
    public string? Before { get; set; }

    public FindingFilter ToFilter() => new()
    {
        Unit = Unit, Status = Status, Source = Source, Grade = Grade, Category = Category, Place = Place, Due = Due, From = From, To = To, Text = Text,
        Open = Open, Overdue = Overdue, Supervised = Supervised, Mine = Mine, Waiting = Waiting, After = After, Before = Before,
    };

    /// <summary>The same list at another address; the page within it is left out.</summary>
    public static string Address(string path, HttpRequest request) =>
        path + new QueryBuilder(request.Query.Where(p => p.Key is not ("after" or "before" or "handler") && p.Value != "")
            .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")))).ToQueryString();
}
