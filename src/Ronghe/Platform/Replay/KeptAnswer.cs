namespace Ronghe.Platform.Replay;

/// <summary>What a call was answered, as far as it is given again.</summary>
public sealed record KeptAnswer(int Status, string ContentType, string Location, byte[] Body)
{
    public const int MostBytes = 64 << 10;

    public bool IsSmall => Body.Length <= MostBytes;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(ContentType);
        writer.Write(Location);
        writer.Write(Body);
        writer.Flush();
        return bytes.ToArray();
    }

    public static KeptAnswer Of(int status, byte[] kept)
    {
        using var reader = new BinaryReader(new MemoryStream(kept));
        return new(status, reader.ReadString(), reader.ReadString(), reader.ReadBytes(kept.Length));
    }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (ContentType.Length > 0) response.ContentType = ContentType;
        if (Location.Length > 0) response.Headers.Location = Location;
        if (Body.Length > 0) await response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
