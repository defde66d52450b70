using Ronghe.Platform.Data;

namespace Ronghe.Safety.Zones;

/// <summary>The picture of the site that a company put up itself; until then the drawing that came with its places.</summary>
public sealed class SitePlan : Aggregate
{
    SitePlan() { }

    public SitePlan(Guid companyId) => CompanyId = companyId;

    public Guid CompanyId { get; private init; }
    /// <summary>Null after going back to the drawing that came with the places.</summary>
    public Guid? FileId { get; private set; }
    public int Width { get; private set; } = PlanSize.Default.Width;
    public int Height { get; private set; } = PlanSize.Default.Height;

    public PlanSize Size => new(Width, Height);

    public void Replace(Guid? fileId, PlanSize size)
    {
        (FileId, Width, Height) = (fileId, size.Width, size.Height);
        Acted();
    }
}
