using QRCoder;

namespace Ronghe.Platform.Web;

/// <summary>An address as a picture to scan, in the page itself: nothing is fetched for it.</summary>
public static class QrPicture
{
    const int PixelsPerModule = 5;

    public static string Of(Uri address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address.ToString(), QRCodeGenerator.ECCLevel.M);
        using var drawing = new PngByteQRCode(code);
        return "data:image/png;base64," + Convert.ToBase64String(drawing.GetGraphic(PixelsPerModule));
    }
}
