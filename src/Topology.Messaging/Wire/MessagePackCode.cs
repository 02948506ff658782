namespace Topology.Messaging;

/// <summary>The first bytes of MessagePack's forms. Source: github.com/msgpack/msgpack, spec.md. 0x00–0x7F and 0xE0–0xFF are integers by themselves.</summary>
internal static class MessagePackCode
{
    public const byte MaxFixInt = 0x7F;
    public const byte MinFixMap = 0x80;
    public const byte MinFixArray = 0x90;
    public const byte MinFixStr = 0xA0;
    public const byte Nil = 0xC0;
    public const byte NeverUsed = 0xC1;
    public const byte False = 0xC2;
    public const byte True = 0xC3;
    public const byte Bin8 = 0xC4;
    public const byte Bin16 = 0xC5;
    public const byte Bin32 = 0xC6;
    public const byte Ext8 = 0xC7;
    public const byte Ext16 = 0xC8;
    public const byte Ext32 = 0xC9;
    public const byte Float32 = 0xCA;
    public const byte Float64 = 0xCB;
    public const byte UInt8 = 0xCC;
    public const byte UInt64 = 0xCF;
    public const byte Int8 = 0xD0;
    public const byte Int64 = 0xD3;
    public const byte FixExt1 = 0xD4;
    public const byte FixExt2 = 0xD5;
    public const byte FixExt4 = 0xD6;
    public const byte FixExt8 = 0xD7;
    public const byte FixExt16 = 0xD8;
    public const byte Str8 = 0xD9;
    public const byte Str16 = 0xDA;
    public const byte Str32 = 0xDB;
    public const byte Array16 = 0xDC;
    public const byte Array32 = 0xDD;
    public const byte Map16 = 0xDE;
    public const byte Map32 = 0xDF;
    public const byte MinNegativeFixInt = 0xE0;

    public const int MaxFixMapCount = 15;
    public const int MaxFixArrayCount = 15;
    public const int MaxFixStrLength = 31;

    /// <summary>The extension type of a timestamp.</summary>
    public const sbyte TimestampExtension = -1;
}
