using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>Writes <see cref="ExternalGatewayRequest.None"/> as a null; what is not said does not get here.</summary>
internal sealed class ExternalGatewayConverter : JsonConverter<ExternalGatewayRequest>
{
    public override ExternalGatewayRequest? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, NetworkJson.Default.ExternalGatewayRequest);

    public override void Write(Utf8JsonWriter writer, ExternalGatewayRequest value, JsonSerializerOptions options)
    {
        if (value == ExternalGatewayRequest.None)
        {
            writer.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(writer, value, NetworkJson.Default.ExternalGatewayRequest);
        }
    }
}
