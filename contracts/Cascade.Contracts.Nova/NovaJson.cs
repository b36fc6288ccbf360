using System.Text.Json.Serialization;
using Cascade.Contracts.Nova.Compute;

namespace Cascade.Contracts.Nova;

/// <summary>How the arguments of every method are read and written: snake case, unknown arguments ignored as a newer parent may send more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AddFixedIpToInstance))]
[JsonSerializable(typeof(AttachInterface))]
[JsonSerializable(typeof(AttachVolume))]
[JsonSerializable(typeof(BuildAndRunInstance))]
[JsonSerializable(typeof(CacheImages))]
[JsonSerializable(typeof(DetachInterface))]
[JsonSerializable(typeof(DetachVolume))]
[JsonSerializable(typeof(ExternalInstanceEvent))]
[JsonSerializable(typeof(GetBackdoorPort))]
[JsonSerializable(typeof(GetConsoleOutput))]
[JsonSerializable(typeof(GetHostUptime))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(RebootInstance))]
[JsonSerializable(typeof(RemoveFixedIpFromInstance))]
[JsonSerializable(typeof(RemoveVolumeConnection))]
[JsonSerializable(typeof(ReserveBlockDeviceName))]
[JsonSerializable(typeof(SetHostEnabled))]
[JsonSerializable(typeof(StartInstance))]
[JsonSerializable(typeof(StopInstance))]
[JsonSerializable(typeof(SwapVolume))]
[JsonSerializable(typeof(TerminateInstance))]
public sealed partial class NovaJson : JsonSerializerContext;
