namespace Ronghe.Safety.Inspections.Pages;

/// <summary>One item of the list as it is shown to be filled in; saved alone, it comes back alone.</summary>
public sealed record FillItem(DetailModel Page, int Index, InspectionLine Line);
