using System.Text.Json;
using System.Text.Json.Serialization;

namespace Topology.Web;

/// <summary>An enum as the name of its member in lower case; never as a number.</summary>
internal sealed class LowerCaseEnumConverter<T>() : JsonStringEnumConverter<T>(new LowerCase(), allowIntegerValues: false)
    where T : struct, Enum
{
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
