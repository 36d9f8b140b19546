using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace TencentChat.Tests.House;

/// <summary>Writes the types of a signature as C# would, without their namespaces.</summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, (string[] Type, string[] Method)>
{
    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "delegate*";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        genericType == "Nullable" ? typeArguments[0] + "?" : $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter((string[] Type, string[] Method) genericContext, int index) => genericContext.Method[index];

    public string GetGenericTypeParameter((string[] Type, string[] Method) genericContext, int index) => genericContext.Type[index];

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => modifier == "IsExternalInit" ? "init" : unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.Single => "float",
        PrimitiveTypeCode.Char or PrimitiveTypeCode.Byte or PrimitiveTypeCode.Double or PrimitiveTypeCode.Object or PrimitiveTypeCode.String or PrimitiveTypeCode.Void =>
            typeCode.ToString().ToLowerInvariant(),
        _ => typeCode.ToString(),
    };

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name).Split('`')[0];
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{GetTypeFromDefinition(reader, outer, rawTypeKind)}.{name}" : name;
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        reader.GetString(reader.GetTypeReference(handle).Name).Split('`')[0];

    public string GetTypeFromSpecification(MetadataReader reader, (string[] Type, string[] Method) genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
