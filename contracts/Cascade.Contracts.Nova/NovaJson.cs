using System.Text.Json.Serialization;
using Cascade.Contracts.Nova.Compute;

namespace Cascade.Contracts.Nova;

/// <summary>How the arguments of every method are read and written: snake case, unknown arguments ignored as a newer parent may send more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AddFixedIpToInstance))]
[JsonSerializable(typeof(AttachInterface))]
[JsonSerializable(typeof(BackupInstance))]
[JsonSerializable(typeof(BuildAndRunInstance))]
[JsonSerializable(typeof(CacheImages))]
[JsonSerializable(typeof(ConfirmResize))]
[JsonSerializable(typeof(DetachInterface))]
[JsonSerializable(typeof(ExternalInstanceEvent))]
[JsonSerializable(typeof(GetBackdoorPort))]
[JsonSerializable(typeof(GetConsoleOutput))]
[JsonSerializable(typeof(GetHostUptime))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(PrepResize))]
[JsonSerializable(typeof(RebootInstance))]
[JsonSerializable(typeof(RebuildInstance))]
[JsonSerializable(typeof(RemoveFixedIpFromInstance))]
[JsonSerializable(typeof(RevertResize))]
[JsonSerializable(typeof(RescueInstance))]
[JsonSerializable(typeof(SetHostEnabled))]
[JsonSerializable(typeof(ShelveInstance))]
[JsonSerializable(typeof(ShelveOffloadInstance))]
[JsonSerializable(typeof(SnapshotInstance))]
[JsonSerializable(typeof(StartInstance))]
[JsonSerializable(typeof(StopInstance))]
[JsonSerializable(typeof(TerminateInstance))]
[JsonSerializable(typeof(UnrescueInstance))]
[JsonSerializable(typeof(UnshelveInstance))]
public sealed partial class NovaJson : JsonSerializerContext;
