using System.Text.Json.Serialization;
using Cascade.Contracts.Nova.Compute;

namespace Cascade.Contracts.Nova;

/// <summary>How the arguments of every method are read and written: snake case, unknown arguments ignored as a newer parent may send more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AddFixedIpToInstance))]
[JsonSerializable(typeof(AttachInterface))]
[JsonSerializable(typeof(BuildAndRunInstance))]
[JsonSerializable(typeof(CacheImages))]
[JsonSerializable(typeof(DetachInterface))]
[JsonSerializable(typeof(ExternalInstanceEvent))]
[JsonSerializable(typeof(GetBackdoorPort))]
[JsonSerializable(typeof(GetConsoleOutput))]
[JsonSerializable(typeof(GetDiagnostics))]
[JsonSerializable(typeof(GetHostUptime))]
[JsonSerializable(typeof(GetInstanceDiagnostics))]
[JsonSerializable(typeof(GetMksConsole))]
[JsonSerializable(typeof(GetSerialConsole))]
[JsonSerializable(typeof(GetSpiceConsole))]
[JsonSerializable(typeof(GetVncConsole))]
[JsonSerializable(typeof(PauseInstance))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(RebootInstance))]
[JsonSerializable(typeof(RemoveFixedIpFromInstance))]
[JsonSerializable(typeof(RestoreInstance))]
[JsonSerializable(typeof(ResumeInstance))]
[JsonSerializable(typeof(SetAdminPassword))]
[JsonSerializable(typeof(SetHostEnabled))]
[JsonSerializable(typeof(SoftDeleteInstance))]
[JsonSerializable(typeof(StartInstance))]
[JsonSerializable(typeof(StopInstance))]
[JsonSerializable(typeof(SuspendInstance))]
[JsonSerializable(typeof(TerminateInstance))]
[JsonSerializable(typeof(TriggerCrashDump))]
[JsonSerializable(typeof(UnpauseInstance))]
[JsonSerializable(typeof(ValidateConsolePort))]
public sealed partial class NovaJson : JsonSerializerContext;
