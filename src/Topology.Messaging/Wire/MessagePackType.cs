namespace Topology.Messaging;

/// <summary>What a MessagePack value is, whichever of its forms it is written in.</summary>
internal enum MessagePackType : byte
{
    /// <summary>The byte 0xC1, which no value begins with.</summary>
    Unknown,

    /// <summary>A whole number from -2^63 to 2^64 - 1.</summary>
    Integer,

    /// <summary>No value.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A floating-point number of 32 or 64 bits.</summary>
    Float,

    /// <summary>Text in UTF-8.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>Values in order.</summary>
    Array,

    /// <summary>Keys and values in turn.</summary>
    Map,

    /// <summary>Bytes with a type, below 0 one of the specification's, else one of the application's.</summary>
    Extension,
}
