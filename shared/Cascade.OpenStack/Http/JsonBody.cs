using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Http;

/// <summary>A JSON body with its length known: some WSGI servers in front of OpenStack do not take chunks.</summary>
internal sealed class JsonBody<T> : ByteArrayContent
{
    public JsonBody(T body, JsonTypeInfo<T> type, string mediaType = "application/json")
        : base(JsonSerializer.SerializeToUtf8Bytes(body, type)) =>
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
}
