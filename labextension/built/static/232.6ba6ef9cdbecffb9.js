"use strict";(self.rspackChunkmlpm_magics=self.rspackChunkmlpm_magics||[]).push([[232],{20(e,r,o){var t=o(21),n=o.n(t),a=o(22),i=(o.n(a))()(n());i.push([e.id,`.mlpm-Panel {
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  min-width: 220px;
  overflow-y: auto;
}

.mlpm-Board {
  font-size: var(--jp-ui-font-size1);
  line-height: 1.45;
  overflow-wrap: anywhere;
  padding: 8px 12px 24px;
}

.mlpm-Board h2 {
  font-size: var(--jp-ui-font-size2);
  margin: 4px 0 8px;
}

.mlpm-Board h3 {
  border-bottom: var(--jp-border-width) solid var(--jp-border-color2);
  font-size: var(--jp-ui-font-size1);
  margin: 16px 0 6px;
  padding-bottom: 2px;
}

.mlpm-Board p {
  margin: 6px 0;
}

.mlpm-Board ul,
.mlpm-Board ol {
  list-style: none;
  margin: 0;
  padding: 0;
}

.mlpm-Notebook,
.mlpm-Why {
  color: var(--jp-ui-font-color2);
}

.mlpm-Hidden {
  clip-path: inset(50%);
  height: 1px;
  margin: 0;
  overflow: hidden;
  position: absolute;
  white-space: nowrap;
  width: 1px;
}

.mlpm-Stepper {
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
}

.mlpm-Step {
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: 10px;
  padding: 1px 8px;
}

.mlpm-Step.mlpm-mod-now {
  border-color: var(--jp-ui-font-color1);
  font-weight: 600;
}

.mlpm-Step.mlpm-mod-ahead {
  color: var(--jp-ui-font-color2);
}

.mlpm-Verdicts li,
.mlpm-Points > li,
.mlpm-Trouble {
  display: flex;
  gap: 8px;
  margin: 4px 0;
}

.mlpm-Points > li > div {
  flex: 1;
  min-width: 0;
}

.mlpm-Sign {
  flex: 0 0 1em;
  font-weight: 700;
  text-align: center;
}

.mlpm-Tasks label {
  cursor: pointer;
  display: flex;
  gap: 6px;
  padding: 2px 0;
}

.mlpm-Tasks input {
  flex: none;
  margin: 3px 0 0;
}

.mlpm-Line {
  background: var(--jp-layout-color2);
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: var(--jp-border-radius);
  color: var(--jp-ui-font-color1);
  cursor: pointer;
  margin: 4px 0;
  max-width: 100%;
  padding: 4px 8px;
  text-align: left;
}

.mlpm-Line code {
  font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size);
  white-space: pre-wrap;
}

.mlpm-Line:hover {
  background: var(--jp-layout-color3);
}

.mlpm-Line:focus-visible,
.mlpm-Board input:focus-visible,
.mlpm-Status button:focus-visible {
  outline: 2px solid var(--jp-brand-color1);
  outline-offset: 1px;
}

.mlpm-Status {
  display: flex;
}

.mlpm-Status button {
  background: none;
  border: none;
  color: inherit;
  cursor: pointer;
  font: inherit;
  line-height: var(--jp-statusbar-height, 24px);
  max-width: 50vw;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.mlpm-Board .jp-mod-styled {
  display: block;
  height: auto;
  letter-spacing: normal;
  line-height: 1.4;
  margin: 6px 0;
  max-width: 100%;
  padding: 6px 12px;
  text-align: left;
}

.mlpm-Form {
  display: flex;
  flex-direction: column;
  gap: 10px;
  max-width: 100%;
  width: 32em;
}

.mlpm-Form label > span {
  display: block;
  margin-bottom: 2px;
}

.mlpm-Form input,
.mlpm-Form select {
  box-sizing: border-box;
  width: 100%;
}

.mlpm-Form p {
  margin: 0;
}
`,""]),o.d(r,{},{A:i})},22(e){e.exports=function(e){var r=[];return r.toString=function(){return this.map(function(r){var o="",t=void 0!==r[5];return r[4]&&(o+="@supports (".concat(r[4],") {")),r[2]&&(o+="@media ".concat(r[2]," {")),t&&(o+="@layer".concat(r[5].length>0?" ".concat(r[5]):""," {")),o+=e(r),t&&(o+="}"),r[2]&&(o+="}"),r[4]&&(o+="}"),o}).join("")},r.i=function(e,o,t,n,a){"string"==typeof e&&(e=[[null,e,void 0]]);var i={};if(t)for(var p=0;p<this.length;p++){var l=this[p][0];null!=l&&(i[l]=!0)}for(var s=0;s<e.length;s++){var m=[].concat(e[s]);t&&i[m[0]]||(void 0!==a&&(void 0===m[5]||(m[1]="@layer".concat(m[5].length>0?" ".concat(m[5]):""," {").concat(m[1],"}")),m[5]=a),o&&(m[2]&&(m[1]="@media ".concat(m[2]," {").concat(m[1],"}")),m[2]=o),n&&(m[4]?(m[1]="@supports (".concat(m[4],") {").concat(m[1],"}"),m[4]=n):m[4]="".concat(n)),r.push(m))}},r}},21(e){e.exports=function(e){return e[1]}},14(e){var r=[];function o(e){for(var o=-1,t=0;t<r.length;t++)if(r[t].identifier===e){o=t;break}return o}function t(e,t){for(var n={},a=[],i=0;i<e.length;i++){var p=e[i],l=t.base?p[0]+t.base:p[0],s=n[l]||0,m="".concat(l," ").concat(s);n[l]=s+1;var c=o(m),d={css:p[1],media:p[2],sourceMap:p[3],supports:p[4],layer:p[5]};if(-1!==c)r[c].references++,r[c].updater(d);else{var u=function(e,r){var o=r.domAPI(r);return o.update(e),function(r){r?(r.css!==e.css||r.media!==e.media||r.sourceMap!==e.sourceMap||r.supports!==e.supports||r.layer!==e.layer)&&o.update(e=r):o.remove()}}(d,t);t.byIndex=i,r.splice(i,0,{identifier:m,updater:u,references:1})}a.push(m)}return a}e.exports=function(e,n){var a=t(e=e||[],n=n||{});return function(e){e=e||[];for(var i=0;i<a.length;i++){var p=o(a[i]);r[p].references--}for(var l=t(e,n),s=0;s<a.length;s++){var m=o(a[s]);0===r[m].references&&(r[m].updater(),r.splice(m,1))}a=l}}},16(e){var r={};e.exports=function(e,o){var t=function(e){if(void 0===r[e]){var o=document.querySelector(e);if(window.HTMLIFrameElement&&o instanceof window.HTMLIFrameElement)try{o=o.contentDocument.head}catch(e){o=null}r[e]=o}return r[e]}(e);if(!t)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");t.appendChild(o)}},18(e){e.exports=function(e){var r=document.createElement("style");return e.setAttributes(r,e.attributes),e.insert(r,e.options),r}},17(e,r,o){e.exports=function(e){var r=o.nc;r&&e.setAttribute("nonce",r)}},15(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var r=e.insertStyleElement(e);return{update:function(o){var t,n,a;t="",o.supports&&(t+="@supports (".concat(o.supports,") {")),o.media&&(t+="@media ".concat(o.media," {")),(n=void 0!==o.layer)&&(t+="@layer".concat(o.layer.length>0?" ".concat(o.layer):""," {")),t+=o.css,n&&(t+="}"),o.media&&(t+="}"),o.supports&&(t+="}"),(a=o.sourceMap)&&"u">typeof btoa&&(t+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),e.styleTagTransform(t,r,e.options)},remove:function(){var e;null===(e=r).parentNode||e.parentNode.removeChild(e)}}}},19(e){e.exports=function(e,r){if(r.styleSheet)r.styleSheet.cssText=e;else{for(;r.firstChild;)r.removeChild(r.firstChild);r.appendChild(document.createTextNode(e))}}},13(e,r,o){var t=o(14),n=o.n(t),a=o(15),i=o.n(a),p=o(16),l=o.n(p),s=o(17),m=o.n(s),c=o(18),d=o.n(c),u=o(19),f=o.n(u),v=o(20),h={};h.styleTagTransform=f(),h.setAttributes=m(),h.insert=l().bind(null,"head"),h.domAPI=i(),h.insertStyleElement=d(),n()(v.A,h),v.A&&v.A.locals&&v.A.locals}}]);