using System.Buffers.Binary;
using System.Text;

namespace Ronghe.Tests.Platform.Files;

/// <summary>What a phone hides in a JPEG: EXIF with maker, serial number and position, XMP, IPTC and a comment.</summary>
static class CameraMetadata
{
    public const string Maker = "XIAOMEGAPHONE", Serial = "SN-8861730042", Comment = "taken-by-zhang", Creator = "xmp-creator-li", Byline = "iptc-byline-wang";
    /// <summary>31° 13' 49.12", as EXIF stores it: pairs of 32-bit numbers.</summary>
    static readonly uint[] Latitude = [31, 1, 13, 1, 4912, 100];

    public static byte[] LatitudeBytes => [.. Latitude.SelectMany(number => UInt32(number))];

    public static byte[] AddTo(byte[] jpeg, ushort orientation) =>
    [
        .. jpeg[..2],
        .. Segment(0xe1, [.. "Exif\0\0"u8, .. Exif(orientation)]),
        .. Segment(0xe1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{Creator}</x:xmpmeta>")]),
        .. Segment(0xed, [.. "Photoshop 3.0\0"u8, .. Encoding.ASCII.GetBytes(Byline)]),
        .. Segment(0xfe, Encoding.ASCII.GetBytes(Comment)),
        .. jpeg[2..],
    ];

    static byte[] Exif(ushort orientation)
    {
        var tiff = new Tiff();
        var serial = tiff.Later(Encoding.ASCII.GetBytes(Serial + "\0"));
        var latitude = tiff.Later(LatitudeBytes);
        var maker = tiff.Later(Encoding.ASCII.GetBytes(Maker + "\0"));
        var cameraFolder = tiff.Folder((0xa431, 2, Serial.Length + 1, serial));
        var positionFolder = tiff.Folder((1, 2, 2, 'N'), (2, 5, 3, latitude));
        var main = tiff.Folder((0x010f, 2, Maker.Length + 1, maker), (0x0112, 3, 1, orientation), (0x8769, 4, 1, cameraFolder), (0x8825, 4, 1, positionFolder));
        return tiff.Finish(main);
    }

    static byte[] Segment(byte marker, byte[] content) =>
        [0xff, marker, (byte)(content.Length + 2 >> 8), (byte)(content.Length + 2), .. content];

    static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    sealed class Tiff
    {
        readonly List<byte> _bytes = [.. "II*\0"u8, 0, 0, 0, 0];

        public int Later(byte[] content)
        {
            var at = _bytes.Count;
            _bytes.AddRange(content);
            if (_bytes.Count % 2 == 1) _bytes.Add(0);
            return at;
        }

        public int Folder(params (int Tag, int Type, int Count, int Value)[] entries)
        {
            List<byte> folder = [(byte)entries.Length, 0];
            foreach (var (tag, type, count, value) in entries)
                folder.AddRange([(byte)tag, (byte)(tag >> 8), (byte)type, 0, .. UInt32((uint)count), .. UInt32((uint)value)]);
            return Later([.. folder, 0, 0, 0, 0]);
        }

        public byte[] Finish(int mainFolder)
        {
            var start = UInt32((uint)mainFolder);
            for (var i = 0; i < 4; i++) _bytes[4 + i] = start[i];
            return [.. _bytes];
        }
    }
}
